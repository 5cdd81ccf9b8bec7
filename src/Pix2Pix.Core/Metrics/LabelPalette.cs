using Pix2Pix.Imaging;

namespace Pix2Pix.Metrics;

/// <summary>The colors of label maps. A pixel has the label of the nearest color. Immutable and thread-safe.</summary>
public sealed class LabelPalette
{
    /// <summary>The maximum number of colors in a palette.</summary>
    public const int MostColors = 256;

    private readonly LabelColor[] _colors;
    private readonly ColorCache _nearest;

    /// <summary>Creates a palette.</summary>
    /// <param name="colors">2 to 256 distinct colors.</param>
    /// <exception cref="ArgumentException">There are fewer or more colors, or a color occurs twice.</exception>
    public LabelPalette(IEnumerable<LabelColor> colors)
    {
        ArgumentNullException.ThrowIfNull(colors);
        _colors = [.. colors];
        _nearest = new ColorCache(FindNearest);
        if (_colors.Length is < 2 or > MostColors)
        {
            throw new ArgumentException(
                $"The palette has {Pluralize.Of(_colors.Length, "color")}; expected 2 to {MostColors}.", nameof(colors));
        }

        var twice = _colors.GroupBy(color => color with { Label = null }).Where(group => group.Count() > 1).ToArray();
        if (twice.Length > 0)
        {
            throw new ArgumentException(
                $"Labels share a color: {string.Join(", ", twice.Select(group => $"{group.Key} ({string.Join(", ", group)})"))}; " +
                "expected distinct colors, because a label map identifies labels by color.",
                nameof(colors));
        }
    }

    /// <summary>The colors; a label is an index into them.</summary>
    public IReadOnlyList<LabelColor> Colors => _colors;

    /// <summary>
    /// Returns the label of the nearest color by Euclidean distance in red, green and blue. If several colors are equally near, the first
    /// one is used.
    /// </summary>
    /// <param name="red">Red.</param>
    /// <param name="green">Green.</param>
    /// <param name="blue">Blue.</param>
    /// <returns>An index into <see cref="Colors"/>.</returns>
    public int LabelOf(byte red, byte green, byte blue) => _nearest.Of(red, green, blue);

    /// <summary>Returns the labels of an image's pixels.</summary>
    /// <param name="image">A gray, RGB or RGBA image. Alpha is ignored.</param>
    /// <returns>Indices into <see cref="Colors"/>, row by row from the top left.</returns>
    /// <exception cref="ArgumentException">The image has two channels.</exception>
    public byte[] LabelsOf(PixelImage image)
    {
        var rgb = ChannelConversion.ToChannels(image, ImageChannels.Rgb).Pixels;
        var labels = new byte[rgb.Length / PixelImage.Rgb];
        for (var i = 0; i < labels.Length; i++)
            labels[i] = (byte)LabelOf(rgb[3 * i], rgb[3 * i + 1], rgb[3 * i + 2]);
        return labels;
    }

    private int FindNearest(byte red, byte green, byte blue)
    {
        var nearest = 0;
        for (var i = 1; i < _colors.Length; i++)
        {
            if (_colors[i].SquaredDistance(red, green, blue) < _colors[nearest].SquaredDistance(red, green, blue))
                nearest = i;
        }

        return nearest;
    }
}

/// <summary>The color of a label in label maps.</summary>
/// <param name="Red">Red, 0 to 255.</param>
/// <param name="Green">Green, 0 to 255.</param>
/// <param name="Blue">Blue, 0 to 255.</param>
/// <param name="Label">The name of the label; if null, the color is used.</param>
public readonly record struct LabelColor(byte Red, byte Green, byte Blue, string? Label = null)
{
    /// <summary>Returns the label's name, or its color as "#RRGGBB".</summary>
    public override string ToString() => Label ?? $"#{Red:X2}{Green:X2}{Blue:X2}";

    /// <summary>Returns the squared Euclidean distance in red, green and blue.</summary>
    internal int SquaredDistance(int red, int green, int blue)
    {
        var (dr, dg, db) = (Red - red, Green - green, Blue - blue);
        return dr * dr + dg * dg + db * db;
    }
}

/// <summary>Caches values computed from colors: images use few of the 16 million colors. Thread-safe without locks. Uses 2 MiB.</summary>
internal sealed class ColorCache
{
    private const int LowBits = 63; // similar colors have different slots

    private readonly Func<byte, byte, byte, int> _compute;

    // A color and its value are stored as one number, so that no thread reads the value of another color.
    private readonly long[] _entries = new long[(LowBits + 1) * (LowBits + 1) * (LowBits + 1)];

    /// <param name="compute">Computes the value of red, green and blue. Must be pure.</param>
    public ColorCache(Func<byte, byte, byte, int> compute) => _compute = compute;

    public int Of(byte red, byte green, byte blue)
    {
        var place = ((red & LowBits) << 12) | ((green & LowBits) << 6) | (blue & LowBits);
        var color = 1L + ((red << 16) | (green << 8) | blue); // never 0, which marks an empty slot
        var entry = _entries[place];
        if (entry >> 32 == color)
            return (int)entry;
        var value = _compute(red, green, blue);
        _entries[place] = (color << 32) | (uint)value;
        return value;
    }
}

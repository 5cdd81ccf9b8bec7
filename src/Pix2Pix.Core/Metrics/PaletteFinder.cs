using Pix2Pix.Imaging;

namespace Pix2Pix.Metrics;

/// <summary>
/// Finds the palette of label maps from their pixels. If the maps contain at most 256 colors, all of them are labels. Otherwise, the maps
/// have additional colors from a lossy format or smooth edges, and the labels are the colors around which many pixels with similar
/// neighbors cluster. Labels that appear in such maps only as lines of one pixel, or in less than 0.2 percent of those pixels, are not
/// found. Not thread-safe. The memory does not grow with the number of images.
/// </summary>
internal sealed class PaletteFinder
{
    /// <summary>
    /// Colors within this distance belong to one label; the differences are the noise of a JPEG file. The nearest labels of the CMP facades
    /// are 85 apart.
    /// </summary>
    private const int Radius = 40;

    /// <summary>A color with a smaller share of the pixels with similar neighbors is noise, not a label.</summary>
    private const double LeastShare = 0.002;

    /// <summary>If noisy images have more labels than this, they are not label maps.</summary>
    private const int MostNoisyLabels = 64;

    private const int CellBits = 5;

    private readonly Dictionary<int, long> _exact = []; // colors of maps without noise, until there are too many
    private readonly Cell[] _cells = new Cell[1 << (3 * CellBits)]; // of 8 levels in each channel
    private bool _isNoisy;
    private long _pixels; // all pixels
    private long _inner; // the pixels in the cells

    /// <summary>Adds the colors of a label map.</summary>
    /// <param name="labelMap">A gray, RGB or RGBA image. Alpha is ignored.</param>
    /// <exception cref="ArgumentException">The image has two channels.</exception>
    public void Add(PixelImage labelMap)
    {
        var rgb = ChannelConversion.ToChannels(labelMap, ImageChannels.Rgb).Pixels;
        for (var i = 0; i < rgb.Length; i += PixelImage.Rgb)
        {
            var (red, green, blue) = (rgb[i], rgb[i + 1], rgb[i + 2]);
            if (!_isNoisy)
                Count((red << 16) | (green << 8) | blue);
            if (!IsInner(rgb, i, PixelImage.Rgb * labelMap.Width))
                continue;
            _cells[CellOf(red, green, blue)].Add(red, green, blue);
            _inner++;
        }

        _pixels += rgb.Length / PixelImage.Rgb;
    }

    /// <summary>Returns the palette, ordered from the most to the least frequent label.</summary>
    /// <exception cref="InvalidOperationException">
    /// No image was added, all pixels have the same color, or the colors form too many clusters for a label map.
    /// </exception>
    public LabelPalette Find()
    {
        LabelColor[] colors = [.. _isNoisy ? Clusters() : ExactColors()];
        var most = _isNoisy ? MostNoisyLabels : LabelPalette.MostColors;
        if (colors.Length >= 2 && colors.Length <= most)
            return new LabelPalette(colors);
        throw new InvalidOperationException(
            $"Found {Pluralize.Of(colors.Length, "color cluster")} in {Pluralize.Of(_pixels, "pixel")}; expected 2 to {most}, one per " +
            "label. Use label maps, or provide the palette.");
    }

    private static int CellOf(int red, int green, int blue)
        => ((red >> (8 - CellBits)) << (2 * CellBits)) | ((green >> (8 - CellBits)) << CellBits) | (blue >> (8 - CellBits));

    /// <summary>Returns whether the neighbors have similar colors, which is not the case on edges.</summary>
    private static bool IsInner(byte[] rgb, int i, int rowLength)
    {
        var color = new LabelColor(rgb[i], rgb[i + 1], rgb[i + 2]);
        var x = i % rowLength;
        return (x == 0 || IsNear(i - PixelImage.Rgb)) && (x == rowLength - PixelImage.Rgb || IsNear(i + PixelImage.Rgb))
            && (i < rowLength || IsNear(i - rowLength)) && (i >= rgb.Length - rowLength || IsNear(i + rowLength));

        bool IsNear(int other) => color.SquaredDistance(rgb[other], rgb[other + 1], rgb[other + 2]) <= Radius * Radius;
    }

    private void Count(int color)
    {
        _exact[color] = _exact.GetValueOrDefault(color) + 1;
        _isNoisy = _exact.Count > LabelPalette.MostColors;
    }

    private IEnumerable<LabelColor> ExactColors() => _exact
        .OrderByDescending(color => color.Value).ThenBy(color => color.Key)
        .Select(color => new LabelColor((byte)(color.Key >> 16), (byte)(color.Key >> 8), (byte)color.Key));

    // Starting from the fullest cell, each cell joins the first label within the radius or starts a new label.
    private IEnumerable<LabelColor> Clusters()
    {
        List<(LabelColor Color, long Pixels)> labels = [];
        foreach (var cell in _cells.Where(cell => cell.Pixels > 0).OrderByDescending(cell => cell.Pixels)) // stable sort
        {
            var color = cell.Mean;
            var near = labels.FindIndex(label => label.Color.SquaredDistance(color.Red, color.Green, color.Blue) <= Radius * Radius);
            if (near < 0)
                labels.Add((color, cell.Pixels));
            else
                labels[near] = labels[near] with { Pixels = labels[near].Pixels + cell.Pixels };
        }

        return labels.Where(label => label.Pixels >= LeastShare * _inner).OrderByDescending(label => label.Pixels).Select(label => label.Color);
    }

    private record struct Cell(long Pixels, long Red, long Green, long Blue)
    {
        public readonly LabelColor Mean => new((byte)(Red / Pixels), (byte)(Green / Pixels), (byte)(Blue / Pixels));

        public void Add(byte red, byte green, byte blue)
        {
            Pixels++;
            Red += red;
            Green += green;
            Blue += blue;
        }
    }
}

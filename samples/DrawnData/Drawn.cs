using DrawnData.Fronts;
using DrawnData.Maps;
using DrawnData.Objects;
using Pix2Pix;
using Pix2Pix.Imaging;

namespace DrawnData;

/// <summary>
/// Data to try things with where no data is at hand: drawn in seconds, written as the public data sets are. The same seed gives the same
/// pictures, and a picture depends on its number alone, not on how many there are.
/// </summary>
public static class Drawn
{
    private const int ValidationStart = 30_000; // each folder has numbers of its own
    private const int TestStart = 60_000;
    private const int LargeStart = 90_000;

    /// <summary>Writes pairs side by side: FOLDER/train/001.png and on, FOLDER/val and FOLDER/test.</summary>
    /// <param name="kind">What is drawn, and which half it is.</param>
    /// <param name="folder">The data set's folder; it is made, and files of the same names are replaced.</param>
    /// <param name="counts">How many pairs each of its folders gets.</param>
    /// <param name="size">Width and height of a half in pixels: 16 to 1024.</param>
    /// <param name="seed">Another seed, other pairs.</param>
    /// <returns><paramref name="folder"/>.</returns>
    public static string Pairs(DrawnKind kind, string folder, DrawnCounts counts, int size, int seed)
    {
        ArgumentNullException.ThrowIfNull(counts);
        PixelImage Draw(int number)
        {
            var (left, right) = Pair(kind, number, size, seed);
            return Beside(left, right);
        }

        Write(Path.Combine(folder, "train"), counts.Train, 0, Draw);
        Write(Path.Combine(folder, "val"), counts.Validation, ValidationStart, Draw);
        Write(Path.Combine(folder, "test"), counts.Test, TestStart, Draw);
        return folder;
    }

    /// <summary>Writes photographs of things on a table: FOLDER/001.png and on.</summary>
    /// <param name="folder">It is made, and files of the same names are replaced.</param>
    /// <param name="count">How many.</param>
    /// <param name="size">Width and height in pixels: 16 to 1024.</param>
    /// <param name="seed">Another seed, other photographs.</param>
    /// <returns><paramref name="folder"/>.</returns>
    public static string Photos(string folder, int count, int size, int seed)
    {
        Write(folder, count, 0, number => DrawnObjects.Photograph(number, Checked(size), seed));
        return folder;
    }

    /// <summary>One pair: the images of the left and the right half.</summary>
    /// <param name="kind">What is drawn.</param>
    /// <param name="number">Which one, from 0.</param>
    /// <param name="size">Width and height of each in pixels: 16 to 1024.</param>
    /// <param name="seed">Another seed, other pairs.</param>
    public static (PixelImage Left, PixelImage Right) Pair(DrawnKind kind, int number, int size, int seed)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(number);
        Checked(size);
        switch (kind)
        {
            case DrawnKind.Edges:
                PixelImage photo = DrawnObjects.Photograph(number, size, seed);
                return (ChannelConversion.ToChannels(EdgeDrawing.Draw(photo), ImageChannels.Rgb), photo);
            case DrawnKind.Fronts:
                var front = new Front(Variation.Of(seed, number));
                return (new FrontPhoto(front).Paint(size), FrontLabels.Paint(front, size));
            case DrawnKind.Maps:
                var town = new Town(Variation.Of(seed, number));
                return (new AerialPhoto(town).Paint(size), StreetMap.Paint(town, size));
            default:
                throw new ArgumentOutOfRangeException(nameof(kind), kind, $"kind is {(int)kind}; expected a member of DrawnKind.");
        }
    }

    /// <summary>The map of one large town, in the colors and at the scale of the pairs of <see cref="DrawnKind.Maps"/>.</summary>
    /// <param name="width">Its width in pixels, at least 16.</param>
    /// <param name="height">Its height in pixels, at least 16; the image has at most 268,435,456.</param>
    /// <param name="size">Width and height of the pairs: as many pixels of this map show as much of the town. 16 to 1024.</param>
    /// <param name="seed">Another seed, another town.</param>
    public static PixelImage LargeMap(int width, int height, int size, int seed)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(width, 16);
        ArgumentOutOfRangeException.ThrowIfLessThan(height, 16);
        if ((long)width * height > 1 << 28)
        {
            throw new ArgumentOutOfRangeException(
                nameof(width), width, $"A map of {width}x{height} is not drawn; expected at most 268,435,456 pixels.");
        }

        var town = new Town(Variation.Of(seed, LargeStart), (float)width / Checked(size), (float)height / size);
        return StreetMap.Paint(town, width, height, size);
    }

    private static void Write(string folder, int count, int start, Func<int, PixelImage> draw)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, ValidationStart);
        if (count == 0)
            return;

        Directory.CreateDirectory(folder);
        Parallel.For(0, count, i =>
        {
            using FileStream png = File.Create(Path.Combine(folder, $"{i + 1:000}.png"));
            PngFile.Write(draw(start + i), png);
        });
    }

    private static PixelImage Beside(PixelImage left, PixelImage right)
    {
        var both = new PixelImage(left.Width + right.Width, left.Height);
        int part = 3 * left.Width;
        for (int y = 0; y < both.Height; y++)
        {
            left.Pixels.AsSpan(y * part, part).CopyTo(both.Pixels.AsSpan(2 * y * part));
            right.Pixels.AsSpan(y * part, part).CopyTo(both.Pixels.AsSpan(((2 * y) + 1) * part));
        }

        return both;
    }

    private static int Checked(int size) => size is >= 16 and <= 1024
        ? size
        : throw new ArgumentOutOfRangeException(nameof(size), size, $"size is {size}; expected 16 to 1024 pixels.");
}

using SkiaSharp;

namespace DrawnData;

/// <summary>The public data set whose layout and subject a synthetic data set imitates.</summary>
public enum DrawnKind
{
    /// <summary>Like edges2shoes: the outlines of an object on a table on the left, its photograph on the right.</summary>
    Edges,

    /// <summary>Like facades: the photograph of a facade on the left, its labels on the right.</summary>
    Fronts,

    /// <summary>Like maps: the aerial photograph of a town on the left, its map on the right.</summary>
    Maps,
}

/// <summary>The number of pairs in the folders "train", "val" and "test" of a data set. Empty folders are not created.</summary>
public sealed record DrawnCounts(int Train, int Validation, int Test = 0);

/// <summary>
/// Draws synthetic data sets in the layout of the public ones, within seconds. The same seed gives the same images. An image depends only
/// on the seed and its number, not on the number of images. A size is the width and height of an image or of one half of a pair, 16 to
/// 1024 pixels.
/// </summary>
public static class Drawn
{
    private const int ValidationStart = 30_000; // each folder has its own numbers
    private const int TestStart = 60_000;
    private const int LargeStart = 90_000;

    /// <summary>Writes pairs side by side: FOLDER/train/001.png and so on, FOLDER/val and FOLDER/test. Returns the folder.</summary>
    public static string Pairs(DrawnKind kind, string folder, DrawnCounts counts, int size, int seed)
    {
        ArgumentNullException.ThrowIfNull(counts);
        Checked(size);
        SKBitmap Draw(int number)
        {
            var (left, right) = Pair(kind, number, size, seed);
            using (left)
            using (right)
            {
                return Canvas.Draw(2 * size, size, canvas =>
                {
                    canvas.DrawBitmap(left, 0, 0);
                    canvas.DrawBitmap(right, size, 0);
                });
            }
        }

        Write(Path.Combine(folder, "train"), counts.Train, 0, Draw);
        Write(Path.Combine(folder, "val"), counts.Validation, ValidationStart, Draw);
        Write(Path.Combine(folder, "test"), counts.Test, TestStart, Draw);
        return folder;
    }

    /// <summary>Writes photographs of objects on a table: FOLDER/001.png and so on. Returns the folder.</summary>
    public static string Photos(string folder, int count, int size, int seed)
    {
        Checked(size);
        Write(folder, count, 0, number => new TableObject(number, seed).Photograph(size));
        return folder;
    }

    /// <summary>The left and right halves of the pair with this number, from 0. Dispose of both.</summary>
    public static (SKBitmap Left, SKBitmap Right) Pair(DrawnKind kind, int number, int size, int seed)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(number);
        Checked(size);
        switch (kind)
        {
            case DrawnKind.Edges:
                TableObject thing = new(number, seed);
                return (thing.Outlines(size), thing.Photograph(size));
            case DrawnKind.Fronts:
                Front front = new(Variation.Of(seed, number));
                return (front.Photograph(size), front.Labels(size));
            case DrawnKind.Maps:
                Town town = new(Variation.Of(seed, number));
                return (town.AerialPhotograph(size), town.Map(size, size, size));
            default:
                throw new ArgumentOutOfRangeException(nameof(kind), kind, $"kind is {(int)kind}; expected a member of DrawnKind.");
        }
    }

    /// <summary>The map of one large town, at most 268,435,456 pixels, in the colors and at the scale of pairs of the size.</summary>
    public static SKBitmap LargeMap(int width, int height, int size, int seed)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(width, 16);
        ArgumentOutOfRangeException.ThrowIfLessThan(height, 16);
        if ((long)width * height > 1 << 28)
        {
            throw new ArgumentOutOfRangeException(
                nameof(width), width, $"A map of {width}x{height} is too large; expected at most 268,435,456 pixels.");
        }

        return new Town(Variation.Of(seed, LargeStart), (float)width / Checked(size), (float)height / size).Map(width, height, size);
    }

    private static void Write(string folder, int count, int start, Func<int, SKBitmap> draw)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, ValidationStart);
        if (count == 0)
            return;

        Directory.CreateDirectory(folder);
        Parallel.For(0, count, i =>
        {
            using SKBitmap image = draw(start + i);
            using FileStream png = File.Create(Path.Combine(folder, $"{i + 1:000}.png"));
            image.Encode(png, SKEncodedImageFormat.Png, quality: 100);
        });
    }

    private static int Checked(int size) => size is >= 16 and <= 1024
        ? size
        : throw new ArgumentOutOfRangeException(nameof(size), size, $"size is {size}; expected 16 to 1024 pixels.");
}

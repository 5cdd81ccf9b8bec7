using System.Runtime.InteropServices;

namespace Pix2Pix.ML.Inference;

/// <summary>An image of bytes, (height, width, ABGR), extended by reflection beyond its right and bottom edges.</summary>
internal readonly record struct AbgrImage(ReadOnlyMemory<byte> Pixels, int Width, int Height)
{
    /// <summary>The size of an image in bytes.</summary>
    /// <exception cref="ArgumentException">The size exceeds the maximum array length.</exception>
    public static int Length(int width, int height) => 4L * width * height is var length && length <= Array.MaxLength
        ? (int)length
        : throw new ArgumentException(
            $"The image is {width}x{height}, which is too large to translate at its original size; expected at most " +
            $"{Array.MaxLength / 4} pixels. Resize it or cut it into parts.");

    /// <summary>Copies a region that may extend beyond those edges.</summary>
    public void Cut(int left, int top, int width, int height, Span<byte> abgr)
    {
        var from = MemoryMarshal.Cast<byte, uint>(Pixels.Span);
        var to = MemoryMarshal.Cast<byte, uint>(abgr);
        var inside = Math.Min(width, Width - left);
        for (var y = 0; y < height; y++)
        {
            var source = from.Slice(Mirrored(top + y, Height) * Width, Width);
            var row = to.Slice(y * width, width);
            source.Slice(left, inside).CopyTo(row);
            for (var x = inside; x < width; x++)
                row[x] = source[Mirrored(left + x, Width)];
        }
    }

    // 0 1 2 3 | 2 1 0 1 2 3 ...: the border itself is not repeated.
    private static int Mirrored(int position, int length)
    {
        if (length == 1)
            return 0;
        var period = 2 * (length - 1);
        var folded = position % period;
        return folded < length ? folded : period - folded;
    }
}

using System.Numerics.Tensors;
using System.Runtime.Intrinsics;

namespace Pix2Pix.Imaging;

/// <summary>Converts bytes to network values: level / 127.5 - 1.</summary>
internal static class PixelNormalizer
{
    private const float HalfRange = 127.5f;
    private const int MaxRun = 1024; // levels on the stack

    /// <summary>The network value of each level from 0 to 255.</summary>
    public static float[] Levels { get; } = [.. Enumerable.Range(0, 256).Select(level => (level / HalfRange) - 1)];

    /// <summary>Writes a view of an image as planes in [-1, 1], one per channel.</summary>
    /// <param name="image">An image with any number of channels.</param>
    /// <param name="path">The positions of the view's pixels in the image.</param>
    /// <param name="width">The width of the view in pixels.</param>
    /// <param name="planes">The result, (C, H, W).</param>
    public static void Write(PixelImage image, PixelStride path, int width, Span<float> planes)
    {
        var plane = planes.Length / image.Channels;
        Span<byte> levels = stackalloc byte[Math.Min(width, MaxRun)];
        for (var first = 0; first < plane; first += width)
        {
            var start = path.Start + (first / width * path.Down);
            for (var x = 0; x < width; x += levels.Length)
            {
                var run = levels[..Math.Min(levels.Length, width - x)];
                for (var channel = 0; channel < image.Channels; channel++)
                {
                    StridedBytes.Gather(image.Pixels, ((start + (x * path.Right)) * image.Channels) + channel, path.Right * image.Channels, run);
                    Scale(run, planes.Slice((channel * plane) + first + x, run.Length));
                }
            }
        }
    }

    // The same operations as for Levels, each rounded on its own, so that the bits are the same.
    private static void Scale(ReadOnlySpan<byte> levels, Span<float> values)
    {
        TensorPrimitives.ConvertTruncating(levels, values);
        TensorPrimitives.Divide(values, HalfRange, values);
        TensorPrimitives.Subtract(values, 1, values);
    }
}

/// <summary>
/// Maps the pixels of a view to an image: pixel (x, y) of the view is pixel Start + Down * y + Right * x of the image, counted row by row.
/// Crops, mirroring and right-angle rotations have this form. The host and the device use the same mapping.
/// </summary>
internal readonly record struct PixelStride(int Start, int Down, int Right)
{
    /// <summary>Returns the part of an image that starts at the given corner.</summary>
    public static PixelStride Crop(int imageWidth, int left, int top) => new((top * imageWidth) + left, imageWidth, 1);

    /// <summary>Returns the view of this width, mirrored horizontally.</summary>
    public PixelStride Mirrored(int width) => new(Start + (Right * (width - 1)), Down, -Right);

    /// <summary>
    /// Returns the square view of this side, rotated counterclockwise by 90 degrees: its last column becomes the first row.
    /// </summary>
    public PixelStride Turned(int side) => new(Start + (Right * (side - 1)), -Right, Down);
}

/// <summary>Gathers every n-th byte of a buffer, sixteen at a time.</summary>
internal static class StridedBytes
{
    private const int MaxStride = 4; // the channels of an image
    private const int Lanes = 16;
    private const byte None = 255; // out of range: a shuffle returns zero there

    private static readonly Vector128<byte> Backwards = Vector128.Create((byte[])[15, 14, 13, 12, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2, 1, 0]);

    /// <summary>For each stride and each of that many vectors, the positions of the bytes to select.</summary>
    private static readonly Vector128<byte>[][] Places =
        [.. Enumerable.Range(0, MaxStride + 1).Select(stride => Enumerable.Range(0, stride).Select(vector => PlacesIn(vector, stride)).ToArray())];

    /// <summary>Sets values[i] = source[at + i * step].</summary>
    /// <param name="source">The buffer to read; contains all of the bytes.</param>
    /// <param name="at">The position of the first byte.</param>
    /// <param name="step">The distance between two bytes; negative to read backward.</param>
    /// <param name="values">The result; its length is the number of bytes to read.</param>
    public static void Gather(ReadOnlySpan<byte> source, int at, int step, Span<byte> values)
    {
        var (done, stride) = (0, Math.Abs(step));
        if (stride <= MaxStride)
        {
            for (; done <= values.Length - Lanes; done += Lanes, at += Lanes * step)
            {
                var lowest = step > 0 ? at : at + ((Lanes - 1) * step);
                if (lowest + (Lanes * stride) > source.Length)
                    break; // the last pixels: the vectors would extend past the end
                var lanes = Gather(source.Slice(lowest, Lanes * stride), Places[stride]);
                (step > 0 ? lanes : Vector128.Shuffle(lanes, Backwards)).CopyTo(values[done..]);
            }
        }

        for (; done < values.Length; done++, at += step)
            values[done] = source[at];
    }

    private static Vector128<byte> Gather(ReadOnlySpan<byte> source, Vector128<byte>[] places)
    {
        var lanes = Vector128<byte>.Zero;
        for (var vector = 0; vector < places.Length; vector++)
            lanes |= Vector128.Shuffle(Vector128.Create(source.Slice(vector * Lanes, Lanes)), places[vector]);
        return lanes;
    }

    private static Vector128<byte> PlacesIn(int vector, int stride)
    {
        var places = new byte[Lanes];
        for (var lane = 0; lane < Lanes; lane++)
            places[lane] = (lane * stride / Lanes) == vector ? (byte)(lane * stride % Lanes) : None;
        return Vector128.Create(places);
    }
}

using System.Numerics.Tensors;

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

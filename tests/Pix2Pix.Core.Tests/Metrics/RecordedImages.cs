using Pix2Pix.Imaging;

namespace Pix2Pix.Core.Tests.Metrics;

/// <summary>The images that evaluation_reference.py draws.</summary>
internal static class RecordedImages
{
    public static int[] Noise(int count, uint seed)
    {
        var values = new int[count];
        for (var i = 0; i < count; i++)
        {
            seed = unchecked(seed * 1664525 + 1013904223);
            values[i] = (int)(seed >> 24);
        }

        return values;
    }

    /// <summary>An image with slopes and noise, and a similar one.</summary>
    public static (PixelImage A, PixelImage B) Pair(int width, int height, uint seed)
    {
        var (a, b) = (new PixelImage(width, height), new PixelImage(width, height));
        var (first, second) = (Noise(a.Pixels.Length, seed), Noise(a.Pixels.Length, seed + 1));
        for (var i = 0; i < a.Pixels.Length; i++)
        {
            var (x, y, channel) = (i / 3 % width, i / 3 / width, i % 3);
            a.Pixels[i] = (byte)((((channel + 1) * x) + (2 * y) + (first[i] / 4)) % 256);
            b.Pixels[i] = (byte)(((3 * a.Pixels[i]) + second[i]) / 4);
        }

        return (a, b);
    }
}

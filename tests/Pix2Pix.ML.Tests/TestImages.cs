using System.Security.Cryptography;
using Microsoft.ML.Data;

namespace Pix2Pix.ML.Tests;

/// <summary>Small images to train on: a bright square on a gradient, and the same with swapped colors.</summary>
internal static class TestImages
{
    public static MLImage Input(int seed, int width = 32, int height = 32, MLPixelFormat format = MLPixelFormat.Bgra32)
        => Draw(seed, width, height, format, (inside, x, y) => inside ? (240, 40, 20) : (x, y, 90));

    public static MLImage Target(int seed, int width = 32, int height = 32)
        => Draw(seed, width, height, MLPixelFormat.Bgra32, (inside, x, y) => inside ? (20, 60, 230) : (y, x, 160));

    /// <summary>The largest difference between bytes of two images; disposes both.</summary>
    public static int Difference(MLImage first, MLImage second)
    {
        using (first)
        using (second)
            return first.Pixels.ToArray().Zip(second.Pixels.ToArray(), (a, b) => Math.Abs(a - b)).Max();
    }

    public static string Hash(MLImage image)
        => $"{image.Width}x{image.Height} {image.PixelFormat} {Convert.ToHexString(SHA256.HashData(image.Pixels))}";

    private static MLImage Draw(int seed, int width, int height, MLPixelFormat format, Func<bool, int, int, (int R, int G, int B)> color)
    {
        var random = new Random(seed);
        var (left, top, side) = (random.Next(width / 2), random.Next(height / 2), width / 3);
        var (red, blue) = format == MLPixelFormat.Bgra32 ? (2, 0) : (0, 2);
        var pixels = new byte[width * height * 4];
        for (var i = 0; i < width * height; i++)
        {
            var (x, y) = (i % width, i / width);
            var inside = x >= left && x < left + side && y >= top && y < top + side;
            var (r, g, b) = color(inside, x * 255 / width, y * 255 / height);
            pixels[(4 * i) + red] = (byte)r;
            pixels[(4 * i) + 1] = (byte)g;
            pixels[(4 * i) + blue] = (byte)b;
            pixels[(4 * i) + 3] = 255;
        }

        return MLImage.CreateFromPixels(width, height, format, pixels);
    }
}

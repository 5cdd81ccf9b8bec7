using Pix2Pix.Imaging;

namespace Pix2Pix.Core.Tests.Imaging;

/// <summary>The image of tests/reference/edge_reference.py: boxes and discs on a gradient, with noise.</summary>
internal static class DrawnPicture
{
    public static PixelImage Draw(int width, int height, uint seed, int noise)
    {
        var state = seed;
        int Next(int limit)
        {
            state = (state * 1664525) + 1013904223;
            return (int)((state >> 16) % limit);
        }

        var levels = new int[width * height * 3];
        Each((x, y) => [60 + (x * 90 / width), 70 + (y * 80 / height), 90 + ((x + y) * 60 / (width + height))]);
        for (var shape = 0; shape < 10; shape++)
        {
            var (left, top, size) = (Next(width), Next(height), 4 + Next(height / 4));
            int[] color = [Next(256), Next(256), Next(256)];
            var isBox = shape % 2 == 0;
            Each((x, y) => (isBox
                ? Math.Abs(x - left) <= size && Math.Abs(y - top) <= size * 2 / 3
                : ((x - left) * (x - left)) + ((y - top) * (y - top)) <= size * size) ? color : null);
        }

        return new PixelImage(width, height, [.. levels.Select(
            level => (byte)Math.Clamp(level + (noise == 0 ? 0 : Next((2 * noise) + 1) - noise), 0, 255))]);

        void Each(Func<int, int, int[]?> colorAt)
        {
            for (var i = 0; i < width * height; i++)
                colorAt(i % width, i / width)?.CopyTo(levels, 3 * i);
        }
    }
}

using Pix2Pix.Imaging;

namespace Pix2Pix.Tests;

internal static class TestImages
{
    public static PixelImage Constant(int width, int height, byte red, byte green, byte blue)
    {
        var image = new PixelImage(width, height);
        for (int i = 0; i < image.Pixels.Length; i += image.Channels)
        {
            image.Pixels[i] = red;
            image.Pixels[i + 1] = green;
            image.Pixels[i + 2] = blue;
        }

        return image;
    }

    public static PixelImage Constant(int width, int height, byte value) => Constant(width, height, value, value, value);

    public static PixelImage Random(int width, int height, int seed)
    {
        var image = new PixelImage(width, height);
        new Random(seed).NextBytes(image.Pixels);
        return image;
    }

    /// <summary>Red is the column, green the row, blue 100: every pixel shows its original position.</summary>
    public static PixelImage Coordinates(int width, int height)
    {
        var image = new PixelImage(width, height);
        for (int i = 0; i < width * height; i++)
        {
            image.Pixels[3 * i] = (byte)(i % width);
            image.Pixels[3 * i + 1] = (byte)(i / width);
            image.Pixels[3 * i + 2] = 100;
        }

        return image;
    }
}

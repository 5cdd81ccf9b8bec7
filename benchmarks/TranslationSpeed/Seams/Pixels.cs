using Microsoft.ML.Data;
using Pix2Pix.Imaging;

namespace TranslationSpeed.Seams;

/// <summary>Parts of images, four bytes a pixel.</summary>
internal static class Pixels
{
    public static byte[] Cut(MLImage image, int x, int y, int width, int height)
    {
        byte[] part = new byte[4 * width * height];
        for (int row = 0; row < height; row++)
            image.Pixels.Slice(4 * (((y + row) * image.Width) + x), 4 * width).CopyTo(part.AsSpan(4 * row * width));
        return part;
    }

    public static void Paste(ReadOnlySpan<byte> part, int partWidth, Span<byte> image, int width, int x, int y)
    {
        for (int at = 0, row = y; at < part.Length; at += 4 * partWidth, row++)
            part.Slice(at, 4 * partWidth).CopyTo(image[(4 * ((row * width) + x))..]);
    }

    /// <summary>The same as red, green, blue.</summary>
    public static PixelImage ToRgb(MLImage image, int x, int y, int width, int height)
    {
        byte[] four = Cut(image, x, y, width, height);
        PixelImage rgb = new(width, height);
        var (red, blue) = image.PixelFormat == MLPixelFormat.Rgba32 ? (0, 2) : (2, 0);
        for (int i = 0; i < width * height; i++)
        {
            (rgb.Pixels[3 * i], rgb.Pixels[(3 * i) + 1], rgb.Pixels[(3 * i) + 2]) =
                (four[(4 * i) + red], four[(4 * i) + 1], four[(4 * i) + blue]);
        }

        return rgb;
    }
}

using Microsoft.ML.Data;
using Pix2Pix.Imaging;

namespace OptionScores;

/// <summary>Converts between ML.NET's images and pixels.</summary>
internal static class Pixels
{
    public static PixelImage Of(MLImage image)
    {
        ReadOnlySpan<byte> pixels = image.Pixels;
        var (red, blue) = image.PixelFormat == MLPixelFormat.Rgba32 ? (0, 2) : (2, 0);
        PixelImage rgb = new(image.Width, image.Height);
        for (int from = 0, to = 0; from < pixels.Length; from += 4, to += 3)
            (rgb.Pixels[to], rgb.Pixels[to + 1], rgb.Pixels[to + 2]) = (pixels[from + red], pixels[from + 1], pixels[from + blue]);
        return rgb;
    }

    public static MLImage ToMLImage(PixelImage image)
    {
        byte[] rgba = new byte[image.Width * image.Height * 4];
        for (int from = 0, to = 0; to < rgba.Length; from += 3, to += 4)
        {
            image.Pixels.AsSpan(from, 3).CopyTo(rgba.AsSpan(to));
            rgba[to + 3] = byte.MaxValue;
        }

        return MLImage.CreateFromPixels(image.Width, image.Height, MLPixelFormat.Rgba32, rgba);
    }
}

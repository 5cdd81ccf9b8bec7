using Microsoft.ML.Data;
using Pix2Pix.Imaging;
using Pix2Pix.ML.Data;

namespace Quickstart;

/// <summary>Between files, ML.NET's images (four bytes a pixel) and <see cref="PixelImage"/>.</summary>
internal static class Pictures
{
    /// <summary>Reads an image file.</summary>
    /// <exception cref="InvalidDataException">The file is no image, or ends too early.</exception>
    public static PixelImage Read(string file)
    {
        using MLImage image = ImageFiles.Read(file);
        return ToRgb(image);
    }

    /// <summary>Writes a PNG file.</summary>
    public static void Save(PixelImage image, string file) => SafeFile.Write(file, part =>
    {
        using FileStream png = File.Create(part);
        PngFile.Write(image, png);
    });

    /// <summary>The bytes of a PNG file.</summary>
    public static byte[] ToPng(PixelImage image)
    {
        using MemoryStream png = new();
        PngFile.Write(image, png);
        return png.ToArray();
    }

    /// <summary>A copy for ML.NET; dispose of it.</summary>
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

    /// <summary>A copy without alpha.</summary>
    public static PixelImage ToRgb(MLImage image)
    {
        byte[] pixels = image.Pixels.ToArray();
        var (red, blue) = image.PixelFormat == MLPixelFormat.Rgba32 ? (0, 2) : (2, 0);
        var rgb = new PixelImage(image.Width, image.Height);
        for (int from = 0, to = 0; from < pixels.Length; from += 4, to += 3)
            (rgb.Pixels[to], rgb.Pixels[to + 1], rgb.Pixels[to + 2]) = (pixels[from + red], pixels[from + 1], pixels[from + blue]);
        return rgb;
    }

    /// <summary>Cut around the center to a square and resized, as the estimator does it before training.</summary>
    public static PixelImage ToSize(PixelImage image, int size) =>
        ImageResizer.Resize(ImageResizer.CropToAspect(image, size, size), size, size);
}

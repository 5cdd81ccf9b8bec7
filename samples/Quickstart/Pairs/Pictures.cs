using Microsoft.ML.Data;
using Pix2Pix.Torch.Data;

namespace Quickstart;

/// <summary>Between files, ML.NET's images (four bytes a pixel) and <see cref="RgbImage"/>.</summary>
internal static class Pictures
{
    private static readonly byte[] JpegEnd = [0xFF, 0xD9];

    private const int TailBytes = 1024; // some cameras append to the end of the image

    /// <summary>Reads an image file.</summary>
    /// <exception cref="InvalidDataException">The file is no image, or ends too early.</exception>
    public static RgbImage Read(string file)
    {
        byte[] bytes = File.ReadAllBytes(file);
        if (bytes is [0xFF, 0xD8, ..] && bytes.AsSpan(Math.Max(0, bytes.Length - TailBytes)).LastIndexOf(JpegEnd) < 0)
            throw new InvalidDataException("the JPEG is cut off.");

        try
        {
            using var image = MLImage.CreateFromStream(new MemoryStream(bytes));
            return ToRgb(image);
        }
        catch (Exception e) when (e is ArgumentException or InvalidOperationException or NullReferenceException)
        {
            throw new InvalidDataException("no image that can be decoded.", e);
        }
    }

    /// <summary>Writes a PNG.</summary>
    public static void Save(RgbImage image, string file)
    {
        using MLImage copy = ToMLImage(image);
        SafeFile.Write(file, copy.Save);
    }

    /// <summary>The bytes of a PNG file. ML.NET writes images to files only, so there is one for a moment.</summary>
    public static byte[] ToPng(RgbImage image)
    {
        string file = Path.Combine(Path.GetTempPath(), $"{Path.GetRandomFileName()}.png");
        try
        {
            using MLImage copy = ToMLImage(image);
            copy.Save(file);
            return File.ReadAllBytes(file);
        }
        finally
        {
            File.Delete(file);
        }
    }

    /// <summary>A copy for ML.NET; dispose of it.</summary>
    public static MLImage ToMLImage(RgbImage image)
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
    public static RgbImage ToRgb(MLImage image)
    {
        ReadOnlySpan<byte> pixels = image.Pixels;
        var (red, blue) = image.PixelFormat == MLPixelFormat.Rgba32 ? (0, 2) : (2, 0);
        var rgb = new RgbImage(image.Width, image.Height);
        for (int from = 0, to = 0; from < pixels.Length; from += 4, to += 3)
            (rgb.Pixels[to], rgb.Pixels[to + 1], rgb.Pixels[to + 2]) = (pixels[from + red], pixels[from + 1], pixels[from + blue]);
        return rgb;
    }

    /// <summary>Cut around the centre to a square and resized, as the estimator does it before training.</summary>
    public static RgbImage ToSize(RgbImage image, int size) =>
        ImageResizer.Resize(ImageResizer.CropToAspect(image, size, size), size, size);
}

using Pix2Pix.Imaging;
using SkiaSharp;

namespace Pix2Pix.ML.Data;

/// <summary>Writes images in the format of the file's extension: PNG, JPEG or WebP.</summary>
internal static class ImageWriter
{
    private const int MaxJpegSide = 65_535;
    private const int MaxWebpSide = 16_383;

    private static readonly string[] Extensions = [".png", ".jpg", ".jpeg", ".webp"];

    /// <exception cref="ArgumentException">The extension is not supported, or the format has no alpha channel but the image has.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The quality is not from 1 to 100.</exception>
    public static void Check(string path, ImageChannels channels, int quality, string parameter)
    {
        var extension = Path.GetExtension(path).ToLowerInvariant();
        if (!Extensions.Contains(extension))
            throw new ArgumentException($"The path '{path}' does not end in .png, .jpg, .jpeg or .webp.", parameter);
        if (IsJpeg(extension) && channels == ImageChannels.Rgba)
            throw new ArgumentException($"'{path}' cannot store transparency; use .png or .webp for a model with Rgba output.", parameter);
        Guard.InRange(quality, 1, 100, nameof(quality));
    }

    /// <summary>Writes a file, which replaces an existing one when it is complete.</summary>
    /// <param name="image">Gray, RGB or RGBA.</param>
    /// <param name="path">A path that <see cref="Check"/> accepts.</param>
    /// <param name="quality">From 1 to 100; ignored for PNG. WebP is lossless at 100.</param>
    /// <exception cref="IOException">The file cannot be written, or the image is too large for the format.</exception>
    public static void Write(PixelImage image, string path, int quality)
    {
        var extension = Path.GetExtension(path).ToLowerInvariant();
        if (extension == ".png")
        {
            AtomicFile.Write(path, stream => PngFile.Write(image, stream));
            return;
        }

        var (format, name, most) = IsJpeg(extension)
            ? (SKEncodedImageFormat.Jpeg, "JPEG", MaxJpegSide)
            : (SKEncodedImageFormat.Webp, "WebP", MaxWebpSide);
        if (Math.Max(image.Width, image.Height) > most)
        {
            throw new IOException(
                $"'{path}' cannot be written: the image is {image.Width}x{image.Height}, and {name} supports sides of at most {most} " +
                "pixels. Use .png.");
        }

        AtomicFile.Write(path, stream => Encode(image, format, quality, stream));
    }

    private static bool IsJpeg(string extension) => extension is ".jpg" or ".jpeg";

    private static unsafe void Encode(PixelImage image, SKEncodedImageFormat format, int quality, Stream stream)
    {
        var isGray = image.Channels == 1;
        var pixels = (isGray ? image : ChannelConversion.ToChannels(image, ImageChannels.Rgba)).Pixels;
        var alpha = image.Channels == 4 ? SKAlphaType.Unpremul : SKAlphaType.Opaque;
        var info = new SKImageInfo(image.Width, image.Height, isGray ? SKColorType.Gray8 : SKColorType.Rgba8888, alpha);
        fixed (byte* from = pixels)
        {
            using var pixmap = new SKPixmap(info, (nint)from);
            if (!pixmap.Encode(stream, format, quality))
                throw new IOException("the encoder failed.");
        }
    }
}

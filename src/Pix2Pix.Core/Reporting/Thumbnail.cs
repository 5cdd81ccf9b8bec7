using Pix2Pix.Imaging;

namespace Pix2Pix.Reporting;

/// <summary>Small images inside of a page.</summary>
internal static class Thumbnail
{
    /// <summary>The image, of sides of at most so many pixels: smaller ones stay as they are.</summary>
    public static PixelImage Of(PixelImage image, int mostPixels)
    {
        var shrink = Math.Max(1, Math.Max(image.Width, image.Height) / (double)mostPixels);
        return shrink == 1
            ? image
            : ImageResizer.Resize(image, Math.Max(1, (int)(image.Width / shrink)), Math.Max(1, (int)(image.Height / shrink)));
    }

    /// <summary>A PNG file in base64.</summary>
    public static string Base64(PixelImage image)
    {
        using var png = new MemoryStream();
        PngFile.Write(image, png);
        return Convert.ToBase64String(png.GetBuffer(), 0, (int)png.Length);
    }
}

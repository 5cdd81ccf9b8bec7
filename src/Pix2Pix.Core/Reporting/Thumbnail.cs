using Pix2Pix.Imaging;

namespace Pix2Pix.Reporting;

/// <summary>Creates small images to embed in a page.</summary>
internal static class Thumbnail
{
    /// <summary>Returns the image with sides of at most the given number of pixels. Smaller images are returned unchanged.</summary>
    public static PixelImage Of(PixelImage image, int mostPixels)
    {
        var shrink = Math.Max(1, Math.Max(image.Width, image.Height) / (double)mostPixels);
        return shrink == 1
            ? image
            : ImageResizer.Resize(image, Math.Max(1, (int)(image.Width / shrink)), Math.Max(1, (int)(image.Height / shrink)));
    }

    /// <summary>Returns a PNG file in base64.</summary>
    public static string Base64(PixelImage image)
    {
        using var png = new MemoryStream();
        PngFile.Write(image, png);
        return Convert.ToBase64String(png.GetBuffer(), 0, (int)png.Length);
    }
}

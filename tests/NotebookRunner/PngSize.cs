using Microsoft.ML.Data;

namespace Pix2Pix.Notebooks;

/// <summary>The size of a PNG file that decodes.</summary>
internal static class PngSize
{
    public static string Of(byte[] png)
    {
        try
        {
            using var image = MLImage.CreateFromStream(new MemoryStream(png));
            return $"{image.Width}x{image.Height}";
        }
        catch (Exception e) when (e is ArgumentException or InvalidOperationException)
        {
            throw new FormatException($"{png.Length} bytes are no PNG image that can be decoded.", e);
        }
    }
}

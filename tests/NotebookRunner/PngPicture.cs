using Microsoft.ML.Data;

namespace Pix2Pix.Notebooks;

/// <summary>A PNG file that decodes, given as base64.</summary>
internal static class PngPicture
{
    /// <returns>As in <c>64x48</c>.</returns>
    /// <exception cref="FormatException">It cannot be decoded.</exception>
    public static string Size(string base64)
    {
        using var image = Decode(base64);
        return $"{image.Width}x{image.Height}";
    }

    /// <summary>How far two pictures of one size are apart: the mean difference of their colors, in levels of 0 to 255.</summary>
    /// <exception cref="FormatException">One cannot be decoded.</exception>
    public static double Distance(string one, string other)
    {
        using var first = Decode(one);
        using var second = Decode(other);
        var a = first.Pixels;
        var b = second.Pixels;
        long sum = 0;
        for (var i = 0; i < a.Length; i++)
            sum += i % 4 == 3 ? 0 : Math.Abs(a[i] - b[i]); // the fourth is alpha
        return sum / (0.75 * a.Length);
    }

    private static MLImage Decode(string base64)
    {
        var png = Convert.FromBase64String(base64);
        try
        {
            return MLImage.CreateFromStream(new MemoryStream(png));
        }
        catch (Exception e) when (e is ArgumentException or InvalidOperationException)
        {
            throw new FormatException($"{png.Length} bytes are no PNG image that can be decoded.", e);
        }
    }
}

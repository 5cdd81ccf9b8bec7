using DrawnData;
using Pix2Pix.Imaging;
using SkiaSharp;

namespace Parts;

/// <summary>A drawn pair: the front of a house and its labels, both RGB of 256x256 pixels.</summary>
internal static class DrawnImages
{
    public static (PixelImage Left, PixelImage Right) Pair()
    {
        var (left, right) = Drawn.Pair(DrawnKind.Fronts, number: 1, size: 256, seed: 1);
        using (left)
        using (right)
            return (ToRgb(left), ToRgb(right));
    }

    private static PixelImage ToRgb(SKBitmap image)
        => new(image.Width, image.Height, [.. image.Pixels.SelectMany(color => (byte[])[color.Red, color.Green, color.Blue])]);
}

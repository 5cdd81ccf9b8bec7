namespace Pix2Pix.Imaging;

/// <summary>
/// Factors for brightness, contrast and saturation; 1 leaves the image unchanged. The image is blended with black, then with its mean luma,
/// then each pixel with its own luma, in this order. Levels are rounded and clamped after each step.
/// </summary>
/// <param name="Brightness">v * factor.</param>
/// <param name="Contrast">m + (v - m) * factor, where m is the mean luma of the image.</param>
/// <param name="Saturation">y + (v - y) * factor, where y is the pixel's luma. Applies to color images only.</param>
internal readonly record struct ColorJitter(float Brightness, float Contrast, float Saturation)
{
    // ITU-R BT.601 in thousandths, as integers, so that the mean does not depend on the summation order.
    private const int Red = 299;
    private const int Green = 587;
    private const int Blue = 114;

    /// <summary>The factors that leave an image unchanged.</summary>
    public static ColorJitter None { get; } = new(1, 1, 1);

    /// <summary>Draws each factor from the range 1 - amount to 1 + amount.</summary>
    public static ColorJitter Draw(Random random, double amount)
    {
        return new ColorJitter(Factor(), Factor(), Factor());

        float Factor() => (float)(1 + (amount * ((2 * random.NextDouble()) - 1)));
    }

    /// <summary>Changes an image of one or three channels in place.</summary>
    public void Apply(PixelImage image)
    {
        Blend(image.Pixels, 0, Brightness);
        Blend(image.Pixels, MeanLuma(image), Contrast);
        if (image.Channels != PixelImage.Rgb)
            return;
        for (var i = 0; i < image.Pixels.Length; i += PixelImage.Rgb)
        {
            var pixel = image.Pixels.AsSpan(i, PixelImage.Rgb);
            var luma = Luma(pixel) / 1000f;
            foreach (ref var level in pixel)
                level = Blend(level, luma, Saturation);
        }
    }

    private static int Luma(ReadOnlySpan<byte> pixel)
        => pixel.Length == PixelImage.Rgb ? (Red * pixel[0]) + (Green * pixel[1]) + (Blue * pixel[2]) : (Red + Green + Blue) * pixel[0];

    private static float MeanLuma(PixelImage image)
    {
        var sum = 0L;
        for (var i = 0; i < image.Pixels.Length; i += image.Channels)
            sum += Luma(image.Pixels.AsSpan(i, image.Channels));
        return (float)(sum / (1000.0 * image.Width * image.Height));
    }

    private static void Blend(byte[] levels, float with, float factor)
    {
        Span<byte> blended = stackalloc byte[256];
        for (var level = 0; level < blended.Length; level++)
            blended[level] = Blend((byte)level, with, factor);
        foreach (ref var level in levels.AsSpan())
            level = blended[level];
    }

    private static byte Blend(byte level, float with, float factor)
        => (byte)Math.Clamp(MathF.Round(with + ((level - with) * factor)), 0, 255);
}

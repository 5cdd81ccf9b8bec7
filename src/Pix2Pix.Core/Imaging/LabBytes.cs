namespace Pix2Pix.Imaging;

/// <summary>
/// CIE L*a*b* in bytes, by the convention that OpenCV documents for 8-bit images (cvtColor, "RGB to CIE L*a*b*"): L * 255 / 100, a + 128, b
/// + 128, each rounded.
/// </summary>
internal static class LabBytes
{
    public const double LightnessScale = 255.0 / 100;

    /// <summary>The value of a and b for neutral gray.</summary>
    public const byte Neutral = 128;

    /// <summary>The gray level for each lightness byte.</summary>
    public static byte[] Grays { get; } = [.. Enumerable.Range(0, 256).Select(level => Color((byte)level, Neutral, Neutral).ToRgb().Green)];

    public static byte Lightness(double lightness) => Rounded(lightness * LightnessScale);

    public static (byte A, byte B) Chroma(LabColor color) => (Rounded(color.A + Neutral), Rounded(color.B + Neutral));

    public static LabColor Color(byte lightness, byte a, byte b) => new(lightness / LightnessScale, a - Neutral, b - Neutral);

    private static byte Rounded(double value) => (byte)Math.Clamp(Math.Round(value), 0, 255);
}

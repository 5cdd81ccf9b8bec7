using System.Numerics;

namespace Pix2Pix.Imaging;

/// <summary>
/// A color in CIE L*a*b* (CIE 15:2004) of sRGB (IEC 61966-2-1) relative to its white point, D65: lightness from 0 to 100, a from green to
/// red, b from blue to yellow. For grays, a and b are zero.
/// </summary>
/// <remarks>Uses only +, -, * and / of doubles, so that the bits are the same on every platform.</remarks>
internal readonly record struct LabColor(double L, double A, double B)
{
    /// <summary>The cube root applies above this fraction of the white point: (6/29)^3.</summary>
    public const double Epsilon = 216.0 / 24389;

    /// <summary>The slope of the lightness below that fraction: (29/3)^3.</summary>
    public const double Kappa = 24389.0 / 27;

    /// <summary>
    /// Converts linear red, green and blue to X, Y, Z. The matrix follows from sRGB's primaries, (0.64, 0.33), (0.30, 0.60) and (0.15,
    /// 0.06) in x and y, and from the white point. It is derived in tests/reference/lab_reference.py.
    /// </summary>
    public static readonly double[][] ToXyz =
    [
        [0.41245643908969226, 0.3575760776439089, 0.1804374832663989],
        [0.21267285140562256, 0.7151521552878178, 0.07217499330655956],
        [0.0193338955823293, 0.11919202588130294, 0.9503040785363677],
    ];

    /// <summary>The inverse of <see cref="ToXyz"/>.</summary>
    public static readonly double[][] FromXyz =
    [
        [3.2404541621141045, -1.537138512797716, -0.498531409556016],
        [-0.969266030505187, 1.8760108454466944, 0.04155601753034985],
        [0.05564343095911473, -0.20402591351675384, 1.0572251882231791],
    ];

    /// <summary>X, Y, Z of the white point: D65 for the 2 degree observer (ASTM E308).</summary>
    public static readonly double[] White = [0.95047, 1.0, 1.08883];

    public static LabColor FromRgb(byte red, byte green, byte blue)
    {
        var (r, g, b) = (SRgb.Lights[red], SRgb.Lights[green], SRgb.Lights[blue]);
        double x = Compressed(Share(0, r, g, b));
        double y = Compressed(Share(1, r, g, b));
        double z = Compressed(Share(2, r, g, b));
        return new LabColor(116 * y - 16, 500 * (x - y), 200 * (y - z));
    }

    /// <summary>Returns the lightness alone, at lower cost.</summary>
    public static double Lightness(byte red, byte green, byte blue)
        => 116 * Compressed(Share(1, SRgb.Lights[red], SRgb.Lights[green], SRgb.Lights[blue])) - 16;

    /// <summary>Converts to sRGB levels. Colors outside the sRGB gamut are clipped per channel.</summary>
    public (byte Red, byte Green, byte Blue) ToRgb()
    {
        double lightness = (L + 16) / 116;
        double x = Expanded(lightness + A / 500) * White[0];
        double y = Expanded(lightness) * White[1];
        double z = Expanded(lightness - B / 200) * White[2];
        return (Level(FromXyz[0]), Level(FromXyz[1]), Level(FromXyz[2]));

        byte Level(double[] row) => SRgb.Level(row[0] * x + row[1] * y + row[2] * z);
    }

    private static double Share(int row, double r, double g, double b)
        => (ToXyz[row][0] * r + ToXyz[row][1] * g + ToXyz[row][2] * b) / White[row];

    private static double Compressed(double share) => share > Epsilon ? CubeRoot(share) : (Kappa * share + 16) / 116;

    private static double Expanded(double compressed)
    {
        double cube = compressed * compressed * compressed;
        return cube > Epsilon ? cube : (116 * compressed - 16) / Kappa;
    }

    /// <summary>Computes the cube root by Halley's method, for x in [<see cref="Epsilon"/>, 1]. Six steps reach the last bit.</summary>
    private static double CubeRoot(double x)
    {
        double root = 1;
        for (int i = 0; i < 6; i++)
        {
            double cube = root * root * root;
            root = root * (cube + 2 * x) / (2 * cube + x);
        }

        return root;
    }
}

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

/// <summary>
/// <see cref="LabColor.FromRgb"/> for several pixels at a time. Vector arithmetic gives the same bits as scalar arithmetic in less time.
/// </summary>
internal static class LabPixels
{
    /// <summary>Converts pixels to the bytes of <see cref="LabBytes"/>: lightness, a, b.</summary>
    /// <param name="rgb">The pixels: red, green, blue.</param>
    /// <param name="lab">The result, of the same length.</param>
    public static void ToBytes(ReadOnlySpan<byte> rgb, Span<byte> lab)
    {
        var lanes = Vector<double>.Count;
        Span<double> red = stackalloc double[lanes], green = stackalloc double[lanes], blue = stackalloc double[lanes];
        Span<double> lightness = stackalloc double[lanes], a = stackalloc double[lanes], b = stackalloc double[lanes];
        for (var start = 0; start < rgb.Length; start += PixelImage.Rgb * lanes)
        {
            var pixels = rgb[start..Math.Min(rgb.Length, start + PixelImage.Rgb * lanes)];
            for (var i = 0; i < pixels.Length; i += PixelImage.Rgb)
            {
                red[i / PixelImage.Rgb] = SRgb.Lights[pixels[i]];
                green[i / PixelImage.Rgb] = SRgb.Lights[pixels[i + 1]];
                blue[i / PixelImage.Rgb] = SRgb.Lights[pixels[i + 2]];
            }

            var (r, g, bl) = (new Vector<double>(red), new Vector<double>(green), new Vector<double>(blue));
            var (x, y, z) = (Compressed(Share(0, r, g, bl)), Compressed(Share(1, r, g, bl)), Compressed(Share(2, r, g, bl)));
            (y * 116 - new Vector<double>(16)).CopyTo(lightness);
            ((x - y) * 500).CopyTo(a);
            ((y - z) * 200).CopyTo(b);
            for (var i = 0; i < pixels.Length; i += PixelImage.Rgb)
            {
                var pixel = i / PixelImage.Rgb;
                lab[start + i] = LabBytes.Lightness(lightness[pixel]);
                (lab[start + i + 1], lab[start + i + 2]) = LabBytes.Chroma(new LabColor(lightness[pixel], a[pixel], b[pixel]));
            }
        }
    }

    private static Vector<double> Share(int row, Vector<double> r, Vector<double> g, Vector<double> b)
        => (r * LabColor.ToXyz[row][0] + g * LabColor.ToXyz[row][1] + b * LabColor.ToXyz[row][2]) / new Vector<double>(LabColor.White[row]);

    private static Vector<double> Compressed(Vector<double> share)
        => Vector.ConditionalSelect(
            Vector.GreaterThan(share, new Vector<double>(LabColor.Epsilon)),
            CubeRoot(share),
            (share * LabColor.Kappa + new Vector<double>(16)) / new Vector<double>(116));

    // Same as LabColor's. For shares where the root is not selected, it is still finite.
    private static Vector<double> CubeRoot(Vector<double> x)
    {
        var root = Vector<double>.One;
        for (var i = 0; i < 6; i++)
        {
            var cube = root * root * root;
            root = root * (cube + x * 2) / (cube * 2 + x);
        }

        return root;
    }
}

/// <summary>
/// Tables of the sRGB levels and their linear light (IEC 61966-2-1). They are computed with +, -, * and / only, which IEEE 754 defines
/// exactly, so that the bits are the same on every platform. Math.Pow depends on the platform's C library.
/// </summary>
internal static class SRgb
{
    private const double LinearBelow = 0.04045;

    /// <summary>The boundaries between adjacent levels, in linear light: the light halfway to the next level.</summary>
    private static readonly double[] Boundaries = [.. Enumerable.Range(0, 255).Select(level => Light((level + 0.5) / 255))];

    /// <summary>
    /// The level at the start of each of 4096 equal parts of the light range. The search for a level starts there and takes few steps. The
    /// number of parts is a power of two, so that the division is exact.
    /// </summary>
    private static readonly byte[] Starts =
        [.. Enumerable.Range(0, 4096).Select(part => (byte)Boundaries.Count(end => end <= part / 4096.0))];

    /// <summary>The linear light of each level, from 0 to 1.</summary>
    public static double[] Lights { get; } = [.. Enumerable.Range(0, 256).Select(level => Light(level / 255.0))];

    /// <summary>Returns the level nearest to the given linear light. Light outside of [0, 1] is clipped.</summary>
    public static byte Level(double light)
    {
        if (!(light > 0))
            return 0;
        if (light >= 1)
            return byte.MaxValue;
        byte level = Starts[(int)(light * Starts.Length)];
        while (level < byte.MaxValue && Boundaries[level] <= light)
            level++;
        return level;
    }

    private static double Light(double value)
    {
        if (value <= LinearBelow)
            return value / 12.92;
        double x = (value + 0.055) / 1.055;
        double root = FifthRoot(x);
        return x * x * root * root; // x to the power of 2.4
    }

    /// <summary>
    /// Computes the fifth root by Newton's method, for x in (0, 1]. The error falls below the last bit in about ten steps.
    /// </summary>
    private static double FifthRoot(double x)
    {
        double root = 1;
        for (int i = 0; i < 50; i++)
            root = (4 * root + x / (root * root * root * root)) / 5;
        return root;
    }
}

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

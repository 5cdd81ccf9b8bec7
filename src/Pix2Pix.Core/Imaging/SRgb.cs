namespace Pix2Pix.Imaging;

/// <summary>
/// Tables of the sRGB levels and their linear light (IEC 61966-2-1). They are computed with +, -, * and / only, which IEEE 754 defines
/// exactly, so that the bits are the same on every platform. Math.Pow depends on the platform's C library.
/// </summary>
internal static class SRgb
{
    private const double LinearBelow = 0.04045;

    /// <summary>The boundaries between adjacent levels, in linear light: the light halfway to the next level.</summary>
    private static readonly double[] Ends = [.. Enumerable.Range(0, 255).Select(level => Light((level + 0.5) / 255))];

    /// <summary>
    /// The level at the start of each of 4096 equal parts of the light range. The search for a level starts there and takes few steps. The
    /// number of parts is a power of two, so that the division is exact.
    /// </summary>
    private static readonly byte[] Starts =
        [.. Enumerable.Range(0, 4096).Select(part => (byte)Ends.Count(end => end <= part / 4096.0))];

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
        while (level < byte.MaxValue && Ends[level] <= light)
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

namespace Pix2Pix.Imaging;

/// <summary>
/// Levels of sRGB and the light that they stand for (IEC 61966-2-1), in tables. They are computed by +, -, * and / alone, which IEEE 754
/// fixes: the same bits on every platform, where Math.Pow would give those of its C library.
/// </summary>
internal static class SRgb
{
    private const double LinearBelow = 0.04045;

    /// <summary>Between which amounts of light a level begins and ends: the light halfway to the next level.</summary>
    private static readonly double[] Ends = [.. Enumerable.Range(0, 255).Select(level => Light((level + 0.5) / 255))];

    /// <summary>The level of the least light in each of equal parts: from there it is never far. A power of two divides exactly.</summary>
    private static readonly byte[] Starts =
        [.. Enumerable.Range(0, 4096).Select(part => (byte)Ends.Count(end => end <= part / 4096.0))];

    /// <summary>The light of each level, from 0 to 1.</summary>
    public static double[] Lights { get; } = [.. Enumerable.Range(0, 256).Select(level => Light(level / 255.0))];

    /// <summary>The level that is nearest to this light; light outside of [0, 1] is clipped.</summary>
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

    /// <summary>Newton's method, for x in (0, 1]: the error falls below the last bit in some ten steps.</summary>
    private static double FifthRoot(double x)
    {
        double root = 1;
        for (int i = 0; i < 50; i++)
            root = (4 * root + x / (root * root * root * root)) / 5;
        return root;
    }
}

namespace Pix2Pix.Torch.Data;

/// <summary>
/// Levels of sRGB and the light that they stand for (IEC 61966-2-1), in tables. They are computed by +, -, * and / alone, which IEEE 754
/// fixes: the same bits on every platform, where Math.Pow would give those of its C library.
/// </summary>
internal static class SRgb
{
    private const double LinearBelow = 0.04045;

    /// <summary>Between which amounts of light a level begins and ends: the light halfway to the next level.</summary>
    private static readonly double[] Ends = [.. Enumerable.Range(0, 255).Select(level => Light((level + 0.5) / 255))];

    /// <summary>The light of each level, from 0 to 1.</summary>
    public static double[] Lights { get; } = [.. Enumerable.Range(0, 256).Select(level => Light(level / 255.0))];

    /// <summary>The level that is nearest to this light; light outside of [0, 1] is clipped.</summary>
    public static byte Level(double light)
    {
        var (low, high) = (0, Ends.Length); // the number of ends that are not above the light
        while (low < high)
        {
            int middle = (low + high) / 2;
            if (Ends[middle] <= light)
                low = middle + 1;
            else
                high = middle;
        }

        return (byte)low;
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

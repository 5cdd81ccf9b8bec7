namespace Pix2Pix.Imaging;

/// <summary>
/// Finds the thresholds of an image from its own ridges. The method is N. Otsu, "A Threshold Selection Method from Gray-Level Histograms"
/// (IEEE Transactions on Systems, Man, and Cybernetics 9, 1979), applied to the logarithm of the gradient lengths. Gradients spread over
/// orders of magnitude; without the logarithm, a few edges between black and white would hide all others.
/// </summary>
internal static class AutomaticThresholds
{
    /// <summary>
    /// The lowest value of the high threshold: about one level per pixel on each side of an edge, which is noise or a smooth surface.
    /// </summary>
    private const double Least = 20;

    /// <summary>The ratio of the low to the high threshold, as in MATLAB's edge. Canny's paper recommends a third to a half.</summary>
    private const double Ratio = 0.4;

    // The bits of a single-precision number, read as an integer, approximate its base-2 logarithm, linearly between powers of two. Without
    // the last 20 bits, there are eight classes for each doubling of the squared length.
    private const int Shift = 20;

    public static EdgeThresholds Of(FloatPlane ridges)
    {
        var counts = new int[(BitConverter.SingleToInt32Bits(float.MaxValue) >> Shift) + 1];
        for (var y = 0; y < ridges.Height; y++)
        {
            foreach (var squared in ridges.Row(y)[..ridges.Width])
            {
                if (squared > Least * Least)
                    counts[BitConverter.SingleToInt32Bits(squared) >> Shift]++;
            }
        }

        var high = Math.Max(Least, Math.Sqrt(BitConverter.Int32BitsToSingle((LastOfLower(counts) + 1) << Shift)));
        return new EdgeThresholds(Ratio * high, high);
    }

    // Returns the last class of the lower part of the split with the largest between-class variance; -1 if there is only one class.
    private static int LastOfLower(int[] counts)
    {
        var (all, sum) = (0L, 0L);
        for (var i = 0; i < counts.Length; i++)
            (all, sum) = (all + counts[i], sum + ((long)i * counts[i]));

        var (below, sumBelow, best, most) = (0L, 0L, -1, 0.0);
        for (var i = 0; i < counts.Length && below + counts[i] < all; i++)
        {
            (below, sumBelow) = (below + counts[i], sumBelow + ((long)i * counts[i]));
            if (below == 0)
                continue;
            var distance = ((double)(sum - sumBelow) / (all - below)) - ((double)sumBelow / below);
            var variance = (double)below * (all - below) * distance * distance;
            if (variance > most)
                (best, most) = (i, variance);
        }

        return best;
    }
}

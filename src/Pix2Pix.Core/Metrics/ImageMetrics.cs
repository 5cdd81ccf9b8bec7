using Pix2Pix.Imaging;

namespace Pix2Pix.Metrics;

/// <summary>Measures of the difference between two images of equal size. All are symmetric, pure and thread-safe.</summary>
internal static class ImageMetrics
{
    private const double Peak = 255.0;

    /// <summary>Computes L1, PSNR and SSIM.</summary>
    /// <param name="a">One image.</param>
    /// <param name="b">The other image, of the same size.</param>
    /// <returns>The scores of the pair.</returns>
    /// <exception cref="ArgumentException">The sizes differ.</exception>
    public static ImageScores Compare(PixelImage a, PixelImage b) => new(L1(a, b), Psnr(a, b), Ssim(a, b));

    /// <summary>Computes the mean absolute difference over all pixels and channels, as a fraction of the full range of 255.</summary>
    /// <param name="a">One image.</param>
    /// <param name="b">The other image, of the same size.</param>
    /// <returns>A value from 0 (identical) to 1 (black against white). The L1 loss over the range of -1 to 1 is twice as large.</returns>
    /// <exception cref="ArgumentException">The sizes differ.</exception>
    public static double L1(PixelImage a, PixelImage b)
    {
        CheckSizes(a, b);
        long sum = 0;
        for (int i = 0; i < a.Pixels.Length; i++)
        {
            sum += Math.Abs(a.Pixels[i] - b.Pixels[i]);
        }

        return sum / (Peak * a.Pixels.Length);
    }

    /// <summary>
    /// Computes the mean squared difference over all pixels and channels, as a fraction of the square of the full range of 255.
    /// </summary>
    /// <param name="a">One image.</param>
    /// <param name="b">The other image, of the same size.</param>
    /// <returns>
    /// A value from 0 (identical) to 1 (black against white). The L2 loss over the range of -1 to 1 is four times as large.
    /// </returns>
    /// <exception cref="ArgumentException">The sizes differ.</exception>
    public static double L2(PixelImage a, PixelImage b) => SquaredSum(a, b) / (Peak * Peak * a.Pixels.Length);

    /// <summary>
    /// Computes the peak signal-to-noise ratio: 10 * log10(255^2 / MSE), where the mean squared error is taken over all pixels and
    /// channels.
    /// </summary>
    /// <param name="a">One image.</param>
    /// <param name="b">The other image, of the same size.</param>
    /// <returns>Decibels: 0 for black against white, <see cref="double.PositiveInfinity"/> for identical images.</returns>
    /// <exception cref="ArgumentException">The sizes differ.</exception>
    public static double Psnr(PixelImage a, PixelImage b)
    {
        long sum = SquaredSum(a, b);
        double meanSquaredError = (double)sum / a.Pixels.Length;
        return sum == 0 ? double.PositiveInfinity : 10.0 * Math.Log10(Peak * Peak / meanSquaredError);
    }

    /// <summary>
    /// Computes the mean structural similarity of Wang, Bovik, Sheikh and Simoncelli, "Image quality assessment: from error visibility to
    /// structural similarity", IEEE TIP 13(4), 2004: an 11x11 Gaussian window with sigma 1.5, K1 = 0.01, K2 = 0.03, L = 255, at every
    /// position where the window is entirely inside the image. It is computed for red, green and blue separately and then averaged.
    /// </summary>
    /// <remarks>
    /// For images with a side below 11 pixels, the window shrinks to the largest odd size that fits, with the same sigma and with weights
    /// that again sum to 1. Do not compare such values with those of larger images.
    /// </remarks>
    /// <param name="a">One image.</param>
    /// <param name="b">The other image, of the same size.</param>
    /// <returns>A value above -1 and at most 1; exactly 1 for identical images.</returns>
    /// <exception cref="ArgumentException">The sizes differ.</exception>
    public static double Ssim(PixelImage a, PixelImage b)
    {
        CheckSizes(a, b);
        return StructuralSimilarity.Mean(a, b);
    }

    /// <summary>
    /// Computes the multi-scale structural similarity of Wang, Simoncelli and Bovik, "Multiscale structural similarity for image quality
    /// assessment", Asilomar 2003: contrast and structure of <see cref="Ssim"/> at five scales and luminance at the last scale, with the
    /// exponents 0.0448, 0.2856, 0.3001, 0.2363, 0.1333. Each scale has half the size of the previous one, by averaging 2x2 pixels. It is
    /// computed for red, green and blue separately and then averaged.
    /// </summary>
    /// <remarks>A negative mean at a scale counts as 0. If a side is odd, the last pixel is repeated to complete its block.</remarks>
    /// <param name="a">One image, with sides of at least 161 pixels.</param>
    /// <param name="b">The other image, of the same size.</param>
    /// <returns>A value from 0 to 1; 1 for identical images.</returns>
    /// <exception cref="ArgumentException">The sizes differ, or a side is below 161 pixels.</exception>
    public static double MultiScaleSsim(PixelImage a, PixelImage b)
        => SsimAndMultiScale(a, b).MultiScaleSsim ?? throw new ArgumentException(
            $"The images are {a.Width}x{a.Height}; multi-scale SSIM requires sides of at least {MultiScaleSimilarity.SmallestSide} pixels. "
            + "Use Ssim for smaller images.",
            nameof(a));

    /// <summary>Computes <see cref="Ssim"/> and <see cref="MultiScaleSsim"/> together, in less time than separately.</summary>
    /// <param name="a">One image.</param>
    /// <param name="b">The other image, of the same size.</param>
    /// <returns>Both values; the second one is null if a side is below 161 pixels.</returns>
    /// <exception cref="ArgumentException">The sizes differ.</exception>
    public static (double Ssim, double? MultiScaleSsim) SsimAndMultiScale(PixelImage a, PixelImage b)
    {
        CheckSizes(a, b);
        var (samplesA, samplesB) = (new PixelSamples(a), new PixelSamples(b));
        var means = StructuralSimilarity.Means(samplesA, samplesB);
        bool isLarge = Math.Min(a.Width, a.Height) >= MultiScaleSimilarity.SmallestSide;
        return (means.Overall, isLarge ? MultiScaleSimilarity.Mean(means, samplesA, samplesB) : null);
    }

    /// <summary>
    /// Computes the intersection over union of two masks, where a pixel belongs to an image's mask if its red is above its blue. It suits
    /// label maps that show the class of interest in a warm color and everything else in a cold color or gray.
    /// </summary>
    /// <remarks>
    /// The value of a data set is either the mean of the values of its images (<see cref="RunningMean"/>), where each image counts the
    /// same, or the quotient of the summed intersections and unions, where images with large masks count more. The two differ, so state
    /// which one a number is.
    /// </remarks>
    /// <param name="a">One image.</param>
    /// <param name="b">The other image, of the same size.</param>
    /// <returns>A value from 0 (no overlap) to 1 (identical masks); 1 if both masks are empty.</returns>
    /// <exception cref="ArgumentException">The sizes differ.</exception>
    public static double RedOverBlueIou(PixelImage a, PixelImage b)
    {
        CheckSizes(a, b);
        int intersection = 0;
        int union = 0;
        for (int i = 0; i < a.Pixels.Length; i += a.Channels)
        {
            bool inA = a.Pixels[i] > a.Pixels[i + 2];
            bool inB = b.Pixels[i] > b.Pixels[i + 2];
            intersection += inA && inB ? 1 : 0;
            union += inA || inB ? 1 : 0;
        }

        return union == 0 ? 1.0 : (double)intersection / union;
    }

    internal static void CheckSizes(PixelImage a, PixelImage b, bool mayDifferInChannels = false)
    {
        ArgumentNullException.ThrowIfNull(a);
        ArgumentNullException.ThrowIfNull(b);
        if ((a.Width, a.Height) != (b.Width, b.Height) || (a.Channels != b.Channels && !mayDifferInChannels))
        {
            throw new ArgumentException(
                $"Images of {a.Width}x{a.Height} and {b.Width}x{b.Height} cannot be compared: the sizes must be equal. "
                + "Resize or crop one of them first.",
                nameof(b));
        }
    }

    private static long SquaredSum(PixelImage a, PixelImage b)
    {
        CheckSizes(a, b);
        long sum = 0;
        for (int i = 0; i < a.Pixels.Length; i++)
        {
            int difference = a.Pixels[i] - b.Pixels[i];
            sum += difference * difference;
        }

        return sum;
    }
}

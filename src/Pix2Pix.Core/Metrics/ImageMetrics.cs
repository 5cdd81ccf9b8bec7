using Pix2Pix.Imaging;

namespace Pix2Pix.Metrics;

/// <summary>
/// Measures of the difference of two images of equal size. All are symmetric, pure and thread-safe.
/// </summary>
public static class ImageMetrics
{
    private const double Peak = 255.0;

    /// <summary>Computes L1, PSNR and SSIM.</summary>
    /// <param name="a">One image.</param>
    /// <param name="b">The other image, of the same size.</param>
    /// <returns>The scores of the pair.</returns>
    /// <exception cref="ArgumentException">The sizes differ.</exception>
    public static ImageScores Compare(PixelImage a, PixelImage b) => new(L1(a, b), Psnr(a, b), Ssim(a, b));

    /// <summary>The mean absolute difference over all pixels and channels, as a part of the full range of 255.</summary>
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

    /// <summary>The mean squared difference over all pixels and channels, as a part of the square of the full range of 255.</summary>
    /// <param name="a">One image.</param>
    /// <param name="b">The other image, of the same size.</param>
    /// <returns>
    /// A value from 0 (identical) to 1 (black against white). The L2 loss over the range of -1 to 1 is four times as large.
    /// </returns>
    /// <exception cref="ArgumentException">The sizes differ.</exception>
    public static double L2(PixelImage a, PixelImage b) => SquaredSum(a, b) / (Peak * Peak * a.Pixels.Length);

    /// <summary>
    /// The peak signal-to-noise ratio: 10 * log10(255^2 / MSE), with the mean squared error over all pixels and channels together.
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
    /// The mean structural similarity of Wang, Bovik, Sheikh and Simoncelli, "Image quality assessment: from error visibility to
    /// structural similarity", IEEE TIP 13(4), 2004: an 11x11 Gaussian window of sigma 1.5, K1 = 0.01, K2 = 0.03, L = 255, at every
    /// place where the window lies wholly inside of the image; taken for red, green and blue on their own and then averaged.
    /// </summary>
    /// <remarks>
    /// For images with a side below 11 pixels the window shrinks to the largest odd size that fits, with the same sigma and weights
    /// that again sum to 1. Such values must not be compared with those of larger images.
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
    /// The multi-scale structural similarity of Wang, Simoncelli and Bovik, "Multiscale structural similarity for image quality
    /// assessment", Asilomar 2003: contrast and structure of <see cref="Ssim"/> at five scales, each of half the size of the one before, by
    /// means of 2x2 pixels, and luminance at the last one, with the exponents 0.0448, 0.2856, 0.3001, 0.2363, 0.1333; taken for red, green
    /// and blue on their own and then averaged.
    /// </summary>
    /// <remarks>
    /// A negative mean at a scale counts as 0. The last pixel of an odd side stands for both of its last block.
    /// </remarks>
    /// <param name="a">One image, with sides of at least 161 pixels.</param>
    /// <param name="b">The other image, of the same size.</param>
    /// <returns>A value from 0 to 1; 1 for identical images.</returns>
    /// <exception cref="ArgumentException">The sizes differ, or a side is below 161 pixels.</exception>
    public static double MultiScaleSsim(PixelImage a, PixelImage b)
        => SsimAndMultiScale(a, b).MultiScaleSsim ?? throw new ArgumentException(
            $"The images are {a.Width}x{a.Height}; expected sides of at least {MultiScaleSimilarity.SmallestSide} pixels, which five scales need. "
            + "Take Ssim for them.",
            nameof(a));

    /// <summary><see cref="Ssim"/> and <see cref="MultiScaleSsim"/> in less time than one after the other.</summary>
    /// <param name="a">One image.</param>
    /// <param name="b">The other image, of the same size.</param>
    /// <returns>Both; the second one is null where a side is below 161 pixels.</returns>
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
    /// The intersection over union of two masks, where a pixel belongs to an image's mask if its red is above its blue. This judges
    /// label maps that paint the class of interest in a warm colour and everything else in a cold or grey one.
    /// </summary>
    /// <remarks>
    /// A data set's value is either the mean of the values of its images (<see cref="RunningMean"/>), where each image counts the same,
    /// or one quotient of the summed intersections and unions, where images with large masks count more. The two differ: name which one
    /// a number is.
    /// </remarks>
    /// <param name="a">One image.</param>
    /// <param name="b">The other image, of the same size.</param>
    /// <returns>A value from 0 (nothing in common) to 1 (the same mask); 1 if both masks are empty, because they agree.</returns>
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

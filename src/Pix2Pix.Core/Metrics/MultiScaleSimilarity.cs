namespace Pix2Pix.Metrics;

/// <summary>
/// Multi-scale SSIM of Wang, Simoncelli and Bovik, "Multiscale structural similarity for image quality assessment", Asilomar 2003:
/// equation 7 with the weights of its section 3.2.
/// </summary>
internal static class MultiScaleSimilarity
{
    /// <summary>The smallest side for which the window of 11 pixels fits into the smallest of five scales.</summary>
    public const int SmallestSide = 161;

    private static readonly double[] Weights = [0.0448, 0.2856, 0.3001, 0.2363, 0.1333];

    /// <summary>Returns the mean over the channels.</summary>
    /// <param name="means">The means of the images at full size.</param>
    /// <param name="a">One image.</param>
    /// <param name="b">The other image.</param>
    public static double Mean(SimilarityMeans means, ISamples a, ISamples b)
    {
        double[] products = [.. means.Contrast.Select(contrast => Power(contrast, 0))];
        for (var scale = 1; scale < Weights.Length; scale++)
        {
            (a, b) = (new HalvedSamples(a), new HalvedSamples(b));
            means = StructuralSimilarity.Means(a, b);

            // The luminance is used only at the last scale.
            var parts = scale == Weights.Length - 1 ? means.Similarity : means.Contrast;
            for (var channel = 0; channel < products.Length; channel++)
                products[channel] *= Power(parts[channel], scale);
        }

        return products.Average();
    }

    // A negative mean has no real power, so it counts as 0.
    private static double Power(double mean, int scale) => Math.Pow(Math.Max(mean, 0), Weights[scale]);
}

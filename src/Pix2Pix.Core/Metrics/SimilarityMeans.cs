namespace Pix2Pix.Metrics;

/// <summary>The means of the SSIM map.</summary>
/// <param name="Overall">The mean over the whole map and all channels.</param>
/// <param name="Similarity">The mean over the whole map, per channel.</param>
/// <param name="Contrast">The mean of the map without its luminance term (contrast and structure), per channel.</param>
internal sealed record SimilarityMeans(double Overall, double[] Similarity, double[] Contrast);

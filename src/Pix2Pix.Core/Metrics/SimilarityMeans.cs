namespace Pix2Pix.Metrics;

/// <summary>The means of SSIM's map.</summary>
/// <param name="Overall">Of the whole map, over all channels.</param>
/// <param name="Similarity">Of the whole map, by channel.</param>
/// <param name="Contrast">Of the map without its luminance term: contrast and structure, by channel.</param>
internal sealed record SimilarityMeans(double Overall, double[] Similarity, double[] Contrast);

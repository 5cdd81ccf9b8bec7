namespace Pix2Pix.Metrics;

/// <summary>The overlap of the colors of two images or sets of images. See <see cref="ColorHistogram.Overlap"/>.</summary>
/// <param name="Lightness">The overlap of the L* histograms, from 0 to 1.</param>
/// <param name="A">The overlap of the a* histograms (green to red), from 0 to 1.</param>
/// <param name="B">The overlap of the b* histograms (blue to yellow), from 0 to 1.</param>
public sealed record ColorOverlap(double Lightness, double A, double B);

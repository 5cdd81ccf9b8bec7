namespace Pix2Pix.Metrics;

/// <summary>How much of the colours of two images, or sets of images, is the same. See <see cref="ColorHistogram.Overlap"/>.</summary>
/// <param name="Lightness">Of the histograms of L*, from 0 to 1.</param>
/// <param name="A">Of the histograms of a*, green to red, from 0 to 1.</param>
/// <param name="B">Of the histograms of b*, blue to yellow, from 0 to 1.</param>
public sealed record ColorOverlap(double Lightness, double A, double B);

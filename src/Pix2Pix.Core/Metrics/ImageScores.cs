namespace Pix2Pix.Metrics;

/// <summary>The similarity of an image to its target, or the mean over many images.</summary>
/// <param name="L1">The mean absolute difference, from 0 to 1; 0 for identical images. See <see cref="ImageMetrics.L1"/>.</param>
/// <param name="Psnr">
/// The peak signal-to-noise ratio in decibels; <see cref="double.PositiveInfinity"/> for identical images.
/// See <see cref="ImageMetrics.Psnr"/>.
/// </param>
/// <param name="Ssim">The structural similarity, at most 1; 1 for identical images. See <see cref="ImageMetrics.Ssim"/>.</param>
public sealed record ImageScores(double L1, double Psnr, double Ssim);

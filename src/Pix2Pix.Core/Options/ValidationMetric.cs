using Pix2Pix.Metrics;

namespace Pix2Pix;

/// <summary>The score by which a validation is better than another.</summary>
public enum ValidationMetric
{
    /// <summary>The mean absolute difference: the lower the better. See <see cref="ImageMetrics.L1"/>.</summary>
    L1,

    /// <summary>The peak signal-to-noise ratio: the higher the better. See <see cref="ImageMetrics.Psnr"/>.</summary>
    Psnr,

    /// <summary>The structural similarity: the higher the better. See <see cref="ImageMetrics.Ssim"/>.</summary>
    Ssim,
}

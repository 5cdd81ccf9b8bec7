using Pix2Pix.Metrics;

namespace Pix2Pix;

/// <summary>The metric that compares validations.</summary>
public enum ValidationMetric
{
    /// <summary>The mean absolute difference; lower is better. See <see cref="ImageMetrics.L1"/>.</summary>
    L1,

    /// <summary>The peak signal-to-noise ratio; higher is better. See <see cref="ImageMetrics.Psnr"/>.</summary>
    Psnr,

    /// <summary>The structural similarity; higher is better. See <see cref="ImageMetrics.Ssim"/>.</summary>
    Ssim,
}

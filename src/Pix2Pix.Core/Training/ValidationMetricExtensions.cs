using Pix2Pix.Metrics;

namespace Pix2Pix;

internal static class ValidationMetricExtensions
{
    /// <summary>Returns the metric's value, signed so that higher is better.</summary>
    public static double Merit(this ValidationMetric metric, ImageScores scores) => metric switch
    {
        ValidationMetric.L1 => -scores.L1,
        ValidationMetric.Psnr => scores.Psnr,
        ValidationMetric.Ssim => scores.Ssim,
        _ => throw new ArgumentOutOfRangeException(nameof(metric), metric, "There is no such metric."),
    };
}

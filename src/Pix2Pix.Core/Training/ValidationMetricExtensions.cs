using Pix2Pix.Metrics;

namespace Pix2Pix;

internal static class ValidationMetricExtensions
{
    /// <summary>The metric's value, turned so that the higher is the better.</summary>
    public static double Merit(this ValidationMetric metric, ImageScores scores) => metric switch
    {
        ValidationMetric.L1 => -scores.L1,
        ValidationMetric.Psnr => scores.Psnr,
        ValidationMetric.Ssim => scores.Ssim,
        _ => throw new ArgumentOutOfRangeException(nameof(metric), metric, "There is no such metric."),
    };
}

using Pix2Pix.Metrics;

namespace Pix2Pix;

/// <summary>The scores of the generator on the validation pairs after an epoch.</summary>
/// <param name="Epoch">The epoch, from 1.</param>
/// <param name="Scores">
/// The means over the validation pairs. A translation that is identical to its target counts with the largest finite PSNR, 10 log10(255^2
/// n) for n bytes, so that the mean stays finite.
/// </param>
/// <param name="Statistics">The statistics used for translation; if both were tried, the better ones.</param>
/// <param name="IsBest">Whether the scores are better than those of all earlier validations.</param>
public sealed record ValidationScores(int Epoch, ImageScores Scores, NormStatistics Statistics, bool IsBest);

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

using Pix2Pix.Metrics;

namespace Pix2Pix.ML;

/// <summary>The metrics of the translations of a data set. Immutable.</summary>
/// <remarks>
/// Means are over rows, each with the same weight; colors, labels and features are evaluated over all pixels or images together.
/// </remarks>
public sealed record ImageTranslationMetrics
{
    /// <summary>The mean absolute difference, 0 to 1: <see cref="ImageMetrics.L1"/>.</summary>
    public required double L1 { get; init; }

    /// <summary>The mean squared difference, 0 to 1: <see cref="ImageMetrics.L2"/>.</summary>
    public required double L2 { get; init; }

    /// <summary>
    /// The mean of the rows' decibels: <see cref="ImageMetrics.Psnr"/>. A single row of identical images makes it
    /// <see cref="double.PositiveInfinity"/>.
    /// </summary>
    public required double Psnr { get; init; }

    /// <summary>The mean structural similarity; null if it was turned off.</summary>
    public double? Ssim { get; init; }

    /// <summary>
    /// The mean structural similarity over five scales, over the rows that have one; null if none has, or if it was turned off.
    /// </summary>
    public double? MultiScaleSsim { get; init; }

    /// <summary>The color histogram intersection of all translations and all targets; null if it was turned off.</summary>
    public ColorOverlap? Colors { get; init; }

    /// <summary>The metrics of the translations as label maps; null if there is no palette.</summary>
    public LabelMetrics? Labels { get; init; }

    /// <summary>FID and KID; null without a feature network.</summary>
    public FeatureMetrics? Features { get; init; }

    /// <summary>The scores of each row, in the order of the view.</summary>
    public required IReadOnlyList<ImageRowMetrics> Rows { get; init; }
}

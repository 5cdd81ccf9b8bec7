using Pix2Pix.Metrics;

namespace Pix2Pix.ML;

/// <summary>How good the translations of a data set are. Immutable.</summary>
/// <remarks>
/// Means are over rows, each with the same weight; colours, labels and features are judged over all pixels or images together.
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

    /// <summary>The mean structural similarity; null where it was turned off.</summary>
    public double? Ssim { get; init; }

    /// <summary>
    /// The mean structural similarity over five scales, of the rows that have one; null where none has, or it was turned off.
    /// </summary>
    public double? MultiScaleSsim { get; init; }

    /// <summary>What the colours of all translations and all targets have in common; null where it was turned off.</summary>
    public ColorOverlap? Colors { get; init; }

    /// <summary>The translations as label maps; null where there is no palette.</summary>
    public LabelMetrics? Labels { get; init; }

    /// <summary>FID and KID; null without a feature network.</summary>
    public FeatureMetrics? Features { get; init; }

    /// <summary>The scores of each row, in the order of the view.</summary>
    public required IReadOnlyList<ImageRowMetrics> Rows { get; init; }
}

using Pix2Pix.Metrics;

namespace Pix2Pix.ML;

/// <summary>How good the translation of one row is. Immutable.</summary>
public sealed record ImageRowMetrics
{
    /// <summary>The number of the row in its view, from 1.</summary>
    public required long Row { get; init; }

    /// <summary>The texts of the row, its file's name for example; null where there are none.</summary>
    public string? Name { get; init; }

    /// <summary>The mean absolute difference, 0 to 1.</summary>
    public required double L1 { get; init; }

    /// <summary>The mean squared difference, 0 to 1.</summary>
    public required double L2 { get; init; }

    /// <summary>The peak signal-to-noise ratio in decibels; <see cref="double.PositiveInfinity"/> for identical images.</summary>
    public required double Psnr { get; init; }

    /// <summary>The structural similarity; null where it was turned off.</summary>
    public double? Ssim { get; init; }

    /// <summary>The structural similarity over five scales; null where a side is below 161 pixels, or it was turned off.</summary>
    public double? MultiScaleSsim { get; init; }

    /// <summary>What the colours of both images have in common; null where it was turned off.</summary>
    public ColorOverlap? Colors { get; init; }

    /// <summary>The share of pixels with the right label, 0 to 1; null where there is no palette.</summary>
    public double? LabelAccuracy { get; init; }

    /// <summary>
    /// The mean intersection over union of the labels that occur in one of both images, 0 to 1; null where there is no palette.
    /// </summary>
    public double? MeanIou { get; init; }

    /// <summary>A score, turned so that more is better.</summary>
    internal double Quality(RowScore score) => score switch
    {
        RowScore.L1 => -L1,
        RowScore.L2 => -L2,
        RowScore.Ssim => Ssim,
        RowScore.MultiScaleSsim => MultiScaleSsim,
        RowScore.LabelAccuracy => LabelAccuracy,
        _ => MeanIou,
    } ?? double.NegativeInfinity;
}

using Pix2Pix.Metrics;

namespace Pix2Pix.ML;

/// <summary>The metrics of the translation of one row. Immutable.</summary>
public sealed record ImageRowMetrics
{
    /// <summary>The one-based number of the row in its view.</summary>
    public required long Row { get; init; }

    /// <summary>The values of the row's text columns, for example its file name; null if there are none.</summary>
    public string? Name { get; init; }

    /// <summary>The mean absolute difference, 0 to 1.</summary>
    public required double L1 { get; init; }

    /// <summary>The mean squared difference, 0 to 1.</summary>
    public required double L2 { get; init; }

    /// <summary>The peak signal-to-noise ratio in decibels; <see cref="double.PositiveInfinity"/> for identical images.</summary>
    public required double Psnr { get; init; }

    /// <summary>The structural similarity; null if it was turned off.</summary>
    public double? Ssim { get; init; }

    /// <summary>The structural similarity over five scales; null if a side is below 161 pixels, or if it was turned off.</summary>
    public double? MultiScaleSsim { get; init; }

    /// <summary>The color histogram intersection of both images; null if it was turned off.</summary>
    public ColorOverlap? Colors { get; init; }

    /// <summary>The fraction of pixels with the correct label, 0 to 1; null if there is no palette.</summary>
    public double? LabelAccuracy { get; init; }

    /// <summary>
    /// The mean intersection over union of the labels that occur in at least one of the two images, 0 to 1; null if there is no palette.
    /// </summary>
    public double? MeanIou { get; init; }

    /// <summary>Returns a score, signed so that higher is better.</summary>
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

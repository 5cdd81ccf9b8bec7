using System.Globalization;
using Pix2Pix.Metrics;

namespace Pix2Pix;

/// <summary>The metrics of the translations of a data set. Immutable.</summary>
/// <remarks>
/// Means are over rows, each with the same weight; colors, labels and features are evaluated over all pixels or images together.
/// </remarks>
public sealed record ImageTranslationMetrics
{
    /// <summary>The mean absolute difference, 0 to 1.</summary>
    public required double L1 { get; init; }

    /// <summary>The mean squared difference, 0 to 1.</summary>
    public required double L2 { get; init; }

    /// <summary>
    /// The mean of the rows' peak signal-to-noise ratios in decibels. A single row of identical images makes it
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
        RowScore.MeanIou => MeanIou,
        _ => throw new ArgumentOutOfRangeException(nameof(score), score, "This is not a score."),
    } ?? double.NegativeInfinity;
}

/// <summary>A metric that is computed for each row, as it is named and shown. <see cref="All"/> lists those that are shown.</summary>
/// <param name="Name">The name in logs and pages.</param>
/// <param name="Format">The format of the value.</param>
/// <param name="Unit">Follows the value.</param>
/// <param name="Meaning">The meaning of the scale.</param>
/// <param name="OfRow">Returns the value of a row; null if there is none.</param>
/// <param name="OfAll">Returns the value of all rows; null if there is none.</param>
internal sealed record RowMetric(
    string Name,
    string Format,
    string Unit,
    string Meaning,
    Func<ImageRowMetrics, double?> OfRow,
    Func<ImageTranslationMetrics, double?> OfAll)
{
    public static IReadOnlyList<RowMetric> All { get; } =
    [
        new("L1", "0.0000", "", "0 means identical, 1 is the maximum", row => row.L1, all => all.L1),
        new("PSNR", "0.00", " dB", "higher is better", row => row.Psnr, all => all.Psnr),
        new("SSIM", "0.000", "", "1 means identical", row => row.Ssim, all => all.Ssim),
        new("multi-scale SSIM", "0.000", "", "1 means identical", row => row.MultiScaleSsim, all => all.MultiScaleSsim),
    ];

    /// <summary>Formats the metrics that have a value: "L1 0.1000, PSNR 20.00 dB".</summary>
    public static string Describe(Func<RowMetric, double?> value)
        => string.Join(", ", All.Select(metric => value(metric) is { } number ? $"{metric.Name} {metric.Text(number)}" : null).OfType<string>());

    /// <summary>The name of a score to sort by.</summary>
    public static string NameOf(RowScore score) => score switch
    {
        RowScore.L1 => "L1",
        RowScore.L2 => "L2",
        RowScore.Ssim => "SSIM",
        RowScore.MultiScaleSsim => "multi-scale SSIM",
        RowScore.LabelAccuracy => "label accuracy",
        RowScore.MeanIou => "mean IoU",
        _ => throw new ArgumentOutOfRangeException(nameof(score), score, "This is not a score."),
    };

    /// <summary>Formats a value with its unit.</summary>
    public string Text(double value) => value.ToString(Format, CultureInfo.InvariantCulture) + Unit;
}

/// <summary>The metrics of translations as label maps, over the pixels of all rows together.</summary>
/// <param name="Palette">The palette, specified or found.</param>
/// <param name="Accuracy">The fraction of pixels with the correct label, 0 to 1.</param>
/// <param name="LabelAccuracy">The mean accuracy over the labels, 0 to 1.</param>
/// <param name="MeanIou">The mean intersection over union of the labels, 0 to 1.</param>
/// <param name="Iou">The intersection over union of each label, in the order of the palette; null for labels that do not occur.</param>
public sealed record LabelMetrics(
    LabelPalette Palette, double Accuracy, double LabelAccuracy, double MeanIou, IReadOnlyList<double?> Iou)
{
    /// <summary>
    /// The fraction of the targets' pixels whose color is more than 64 levels from every color of the palette, 0 to 1.
    /// </summary>
    public double StrayShare { get; init; }
}

/// <summary>The distances between the features of all translations and those of all targets.</summary>
/// <param name="Fid">
/// The Fréchet distance between both sets, each modeled as a Gaussian: |m1 - m2|^2 + tr(C1 + C2 - 2 (C1 C2)^(1/2)). With the features of an
/// Inception network, it is the FID of Heusel et al., NeurIPS 2017, equation 6.
/// </param>
/// <param name="Kid">
/// The kernel distance, mean over subsets: the unbiased estimate of the squared maximum mean discrepancy with the kernel (x.y / d + 1)^3,
/// where d is the number of dimensions. With the features of an Inception network, it is the KID of Bińkowski et al., ICLR 2018, section 4.
/// </param>
/// <param name="KidDeviation">The standard deviation of the subsets' kernel distances; 0 for one subset.</param>
/// <param name="Dimensions">The number of features of an image.</param>
public sealed record FeatureMetrics(double Fid, double Kid, double KidDeviation, int Dimensions);

/// <summary>
/// The difference between the images of two runtimes, or of two formats of a model, for the same inputs, after rounding to bytes.
/// </summary>
/// <param name="MaxDifferenceInLevels">The largest difference of any value, in levels of 0 to 255.</param>
/// <param name="Images">The number of images compared.</param>
public sealed record OnnxParity(int MaxDifferenceInLevels, int Images)
{
    /// <summary>
    /// The largest difference, in levels, that rounding explains. With 32-bit weights, a larger difference is logged as a warning: the
    /// exported model may not match the trained one.
    /// </summary>
    public const int Tolerance = 2;

    /// <summary>Whether the difference is at most <see cref="Tolerance"/>.</summary>
    public bool IsWithinTolerance => MaxDifferenceInLevels <= Tolerance;
}

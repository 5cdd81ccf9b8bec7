using System.Globalization;
using Pix2Pix.Imaging;

namespace Pix2Pix.Metrics;

/// <summary>The similarity of an image to its target, or the mean over many images.</summary>
/// <param name="L1">The mean absolute difference, from 0 to 1; 0 for identical images.</param>
/// <param name="Psnr">
/// The peak signal-to-noise ratio in decibels; <see cref="double.PositiveInfinity"/> for identical images.
/// It is 10 * log10(255^2 / MSE), where the mean squared error is over all pixels and channels.
/// </param>
/// <param name="Ssim">The structural similarity, at most 1; 1 for identical images (Wang et al. 2004).</param>
public sealed record ImageScores(double L1, double Psnr, double Ssim);

/// <summary>
/// A score of <see cref="ImageScores"/>, as it is named, formatted and compared in logs, files and charts. <see cref="All"/> lists every
/// score.
/// </summary>
/// <param name="Metric">The metric that a validation can be compared by.</param>
/// <param name="Name">The name in logs and charts; in lowercase also the column in CSV files.</param>
/// <param name="Format">The format in logs.</param>
/// <param name="ColumnFormat">The format in CSV files.</param>
/// <param name="Meaning">The unit or the meaning of the scale, in charts.</param>
/// <param name="HigherIsBetter">Whether higher values are better.</param>
/// <param name="Value">Returns the score.</param>
internal sealed record ScoreKind(
    ValidationMetric Metric,
    string Name,
    string Format,
    string ColumnFormat,
    string Meaning,
    bool HigherIsBetter,
    Func<ImageScores, double> Value)
{
    public static ScoreKind L1 { get; } = new(
        ValidationMetric.L1, "L1", "0.0000", "0.######", "0 means identical", false, scores => scores.L1);

    public static ScoreKind Psnr { get; } = new(
        ValidationMetric.Psnr, "PSNR", "0.0", "0.####", "decibels, higher is better", true, scores => scores.Psnr);

    public static ScoreKind Ssim { get; } = new(
        ValidationMetric.Ssim, "SSIM", "0.000", "0.######", "1 means identical", true, scores => scores.Ssim);

    /// <summary>All scores, in the order of files and logs.</summary>
    public static IReadOnlyList<ScoreKind> All { get; } = [L1, Psnr, Ssim];

    /// <summary>Formats all scores for a log: "L1 0.1000, PSNR 20.0, SSIM 0.500".</summary>
    public static string Describe(ImageScores scores)
        => string.Join(", ", All.Select(kind => $"{kind.Name} {kind.Value(scores).ToString(kind.Format, CultureInfo.InvariantCulture)}"));

    /// <summary>Returns the value of a metric, signed so that higher is better.</summary>
    public static double Merit(ValidationMetric metric, ImageScores scores)
    {
        var kind = All.Single(kind => kind.Metric == metric);
        return kind.HigherIsBetter ? kind.Value(scores) : -kind.Value(scores);
    }
}

/// <summary>The scores of a data set: the means of the scores of its images, with equal weight for each image. Not thread-safe.</summary>
/// <remarks>
/// The mean PSNR is the mean of the decibel values, as is usual in papers, not the PSNR of the mean squared error. A single pair of
/// identical images makes it <see cref="double.PositiveInfinity"/>.
/// </remarks>
internal sealed class MeanImageScores
{
    private readonly RunningMean _l1 = new();
    private readonly RunningMean _psnr = new();
    private readonly RunningMean _ssim = new();

    /// <summary>The number of images added.</summary>
    public int Count => _l1.Count;

    /// <summary>The mean scores of the images added.</summary>
    /// <exception cref="InvalidOperationException">No image was added.</exception>
    public ImageScores Mean => Count > 0
        ? new ImageScores(_l1.Mean, _psnr.Mean, _ssim.Mean)
        : throw new InvalidOperationException("The scores of zero images are undefined. Add at least one pair of images first.");

    /// <summary>Compares an image with its target and adds the scores.</summary>
    /// <param name="image">The image to evaluate.</param>
    /// <param name="target">The target image, of the same size.</param>
    /// <returns>The scores of this pair.</returns>
    /// <exception cref="ArgumentException">The sizes differ.</exception>
    public ImageScores Add(PixelImage image, PixelImage target)
    {
        ImageScores scores = ImageMetrics.Compare(image, target);
        Add(scores);
        return scores;
    }

    /// <summary>Adds the scores of one image.</summary>
    /// <param name="scores">The scores.</param>
    public void Add(ImageScores scores)
    {
        ArgumentNullException.ThrowIfNull(scores);
        _l1.Add(scores.L1);
        _psnr.Add(scores.Psnr);
        _ssim.Add(scores.Ssim);
    }
}

/// <summary>The mean of a sequence of values, with equal weight for each value. Not thread-safe.</summary>
internal sealed class RunningMean
{
    private double _sum;

    /// <summary>The number of values added.</summary>
    public int Count { get; private set; }

    /// <summary>The mean of the values added; infinite or NaN if one of them is.</summary>
    /// <exception cref="InvalidOperationException">No value was added.</exception>
    public double Mean => Count > 0
        ? _sum / Count
        : throw new InvalidOperationException("The mean of zero values is undefined. Add at least one value first.");

    /// <summary>Adds a value.</summary>
    /// <param name="value">The value.</param>
    public void Add(double value)
    {
        _sum += value;
        Count++;
    }
}

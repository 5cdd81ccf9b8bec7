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
        : throw new InvalidOperationException("There are no scores of zero images. Add at least one pair of images first.");

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
        : throw new InvalidOperationException("There is no mean of zero values. Add at least one value first.");

    /// <summary>Adds a value.</summary>
    /// <param name="value">The value.</param>
    public void Add(double value)
    {
        _sum += value;
        Count++;
    }
}

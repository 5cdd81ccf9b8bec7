using Pix2Pix.Imaging;

namespace Pix2Pix.Metrics;

/// <summary>
/// Counts how often pixels of one label have another label in the image. The scores for label maps are those of Long, Shelhamer and
/// Darrell, "Fully convolutional networks for semantic segmentation", CVPR 2015, section 5, which the pix2pix paper also uses. Not
/// thread-safe.
/// </summary>
internal sealed class LabelConfusion
{
    /// <summary>
    /// The maximum distance, in levels, of a target's pixel from the nearest color of the palette; pixels beyond it are stray.
    /// </summary>
    public const int Near = 64;

    private readonly LabelPalette _palette;
    private readonly long[] _counts; // [label in the target, label in the image]
    private long _stray;

    /// <summary>Creates an empty confusion matrix.</summary>
    /// <param name="palette">The palette of labels.</param>
    public LabelConfusion(LabelPalette palette)
    {
        ArgumentNullException.ThrowIfNull(palette);
        _palette = palette;
        _counts = new long[Labels * Labels];
    }

    /// <summary>The number of pixels added.</summary>
    public long Pixels { get; private set; }

    /// <summary>
    /// The share of the targets' pixels whose distance from every color of the palette is larger than <see cref="Near"/>, in red, green and
    /// blue: 0 to 1. They are assigned the nearest label. If the share is large, the palette belongs to other label maps.
    /// </summary>
    /// <exception cref="InvalidOperationException">No image was added.</exception>
    public double StrayShare => NotEmpty((double)_stray / Pixels);

    private int Labels => _palette.Colors.Count;

    /// <summary>The share of the pixels that have the correct label: 0 to 1.</summary>
    /// <exception cref="InvalidOperationException">No image was added.</exception>
    public double Accuracy => NotEmpty(Enumerable.Range(0, Labels).Sum(label => (double)Right(label)) / Pixels);

    /// <summary>
    /// For each label that occurs in the targets, the share of its pixels that have the correct label, averaged over these labels: 0 to 1.
    /// </summary>
    /// <exception cref="InvalidOperationException">No image was added.</exception>
    public double LabelAccuracy => NotEmpty(Enumerable.Range(0, Labels)
        .Where(label => InTarget(label) > 0).Select(label => (double)Right(label) / InTarget(label)).DefaultIfEmpty().Average());

    /// <summary>The mean of <see cref="Iou"/> over the labels that occur in targets or images: 0 to 1.</summary>
    /// <exception cref="InvalidOperationException">No image was added.</exception>
    public double MeanIou => NotEmpty(Enumerable.Range(0, Labels).Select(Iou).OfType<double>().DefaultIfEmpty().Average());

    /// <summary>Returns a label's intersection over union over all pixels added.</summary>
    /// <param name="label">An index into the palette's colors.</param>
    /// <returns>0 to 1, or null if the label does not occur in any target or image.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The palette has no such label.</exception>
    public double? Iou(int label)
    {
        var union = InTarget(label) + InImage(label) - Right(label);
        return union == 0 ? null : (double)Right(label) / union;
    }

    /// <summary>Returns the number of pixels with one label in the target and another in the image.</summary>
    /// <param name="inTarget">The label in the target, an index into the palette's colors.</param>
    /// <param name="inImage">The label in the image, an index into the palette's colors.</param>
    /// <exception cref="ArgumentOutOfRangeException">The palette has no such label.</exception>
    public long Count(int inTarget, int inImage) => _counts[Checked(inTarget) * Labels + Checked(inImage)];

    /// <summary>Adds the pixels of an image.</summary>
    /// <param name="image">The image to evaluate.</param>
    /// <param name="target">The expected label map, of the same size.</param>
    /// <exception cref="ArgumentException">The sizes differ, or an image has two channels.</exception>
    public void Add(PixelImage image, PixelImage target)
    {
        ImageMetrics.CheckSizes(image, target, mayDifferInChannels: true);
        target = ChannelConversion.ToChannels(target, ImageChannels.Rgb);
        var (inImage, inTarget) = (_palette.LabelsOf(image), _palette.LabelsOf(target));
        for (var i = 0; i < inTarget.Length; i++)
            _counts[inTarget[i] * Labels + inImage[i]]++;
        Pixels += inTarget.Length;
        AddStray(target.Pixels, inTarget);
    }

    /// <summary>Adds the pixels of another confusion matrix.</summary>
    /// <param name="other">A confusion matrix with the same palette. It is not changed.</param>
    /// <exception cref="ArgumentException">The other confusion matrix has another palette.</exception>
    public void Add(LabelConfusion other)
    {
        ArgumentNullException.ThrowIfNull(other);
        if (other._palette != _palette)
            throw new ArgumentException("The palettes differ. Create both objects with the same palette.", nameof(other));
        for (var i = 0; i < _counts.Length; i++)
            _counts[i] += other._counts[i];
        Pixels += other.Pixels;
        _stray += other._stray;
    }

    private void AddStray(byte[] rgb, byte[] labels)
    {
        for (var i = 0; i < labels.Length; i++)
        {
            if (_palette.Colors[labels[i]].SquaredDistance(rgb[3 * i], rgb[3 * i + 1], rgb[3 * i + 2]) > Near * Near)
                _stray++;
        }
    }

    private long Right(int label) => Count(label, label);

    private long InTarget(int label) => Enumerable.Range(0, Labels).Sum(other => Count(label, other));

    private long InImage(int label) => Enumerable.Range(0, Labels).Sum(other => Count(other, label));

    private double NotEmpty(double value)
        => Pixels > 0 ? value : throw new InvalidOperationException("The scores of zero images are undefined. Add at least one image " +
            "first.");

    private int Checked(int label)
        => label >= 0 && label < Labels
            ? label
            : throw new ArgumentOutOfRangeException(nameof(label), label, $"The label is {label}; expected 0 to {Labels - 1}.");
}

using Pix2Pix.Metrics;

namespace Pix2Pix.ML;

/// <summary>The metrics of translations as label maps, over the pixels of all rows together.</summary>
/// <param name="Palette">The palette, specified or found.</param>
/// <param name="Accuracy">The fraction of pixels with the correct label, 0 to 1: <see cref="LabelConfusion.Accuracy"/>.</param>
/// <param name="LabelAccuracy">The mean accuracy over the labels, 0 to 1: <see cref="LabelConfusion.LabelAccuracy"/>.</param>
/// <param name="MeanIou">The mean intersection over union of the labels, 0 to 1: <see cref="LabelConfusion.MeanIou"/>.</param>
/// <param name="Iou">The intersection over union of each label, in the order of the palette; null for labels that do not occur.</param>
public sealed record LabelMetrics(
    LabelPalette Palette, double Accuracy, double LabelAccuracy, double MeanIou, IReadOnlyList<double?> Iou)
{
    /// <summary>
    /// The fraction of the targets' pixels whose color is not in the palette, 0 to 1: <see cref="LabelConfusion.StrayShare"/>.
    /// </summary>
    public double StrayShare { get; init; }
}

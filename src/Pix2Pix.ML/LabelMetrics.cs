using Pix2Pix.Metrics;

namespace Pix2Pix.ML;

/// <summary>How good translations are as label maps, over the pixels of all rows together.</summary>
/// <param name="Palette">The palette, given or found.</param>
/// <param name="Accuracy">The share of pixels with the right label, 0 to 1: <see cref="LabelConfusion.Accuracy"/>.</param>
/// <param name="LabelAccuracy">Its mean over the labels, 0 to 1: <see cref="LabelConfusion.LabelAccuracy"/>.</param>
/// <param name="MeanIou">The mean intersection over union of the labels, 0 to 1: <see cref="LabelConfusion.MeanIou"/>.</param>
/// <param name="Iou">
/// The intersection over union of each label, in the order of the palette; null for labels that occur nowhere.
/// </param>
public sealed record LabelMetrics(
    LabelPalette Palette, double Accuracy, double LabelAccuracy, double MeanIou, IReadOnlyList<double?> Iou)
{
    /// <summary>
    /// The share of the targets' pixels that have no colour of the palette, 0 to 1: <see cref="LabelConfusion.StrayShare"/>.
    /// </summary>
    public double StrayShare { get; init; }
}

using System.Globalization;

namespace Pix2Pix;

/// <summary>
/// The losses of one step: unweighted means over its batch, before the step's update of the network that each belongs to. A loss that is
/// off, because its weight is 0, is 0.
/// </summary>
public readonly record struct StepLosses
{
    /// <summary>
    /// The discriminator's adversarial loss, without the gradient penalty. If the discriminator cannot tell real from generated images, it
    /// is ln 2 = 0.69 (vanilla), 0.25 (least squares), 2 (hinge) or 0 (Wasserstein, which falls below 0 by the discriminator's estimate of
    /// the distance).
    /// </summary>
    public double Discriminator { get; init; }

    /// <summary>
    /// The gradient penalty of the Wasserstein loss: the mean of (|gradient| - 1)^2; 0 is best, 1 means a gradient of zero.
    /// </summary>
    public double GradientPenalty { get; init; }

    /// <summary>
    /// The generator's adversarial loss. If the discriminator cannot tell real from generated images, it is ln 2 = 0.69 (vanilla), 0.25
    /// (least squares) or 0 (hinge and Wasserstein, which can be negative).
    /// </summary>
    public double Adversarial { get; init; }

    /// <summary>
    /// The feature matching loss: the mean absolute difference between the discriminator's feature maps of target and translation, summed
    /// over four layers or scaled to four. Its scale changes with the discriminator.
    /// </summary>
    public double FeatureMatching { get; init; }

    /// <summary>The mean absolute difference between translation and target, of values in [-1, 1].</summary>
    public double L1 { get; init; }

    /// <summary>The mean squared difference between translation and target, of values in [-1, 1].</summary>
    public double L2 { get; init; }

    /// <summary>Whether all losses are finite.</summary>
    public bool AreFinite => Parts.All(part => double.IsFinite(part.Value));

    /// <summary>Formats the losses that are not 0: "discriminator 0.69, L1 0.3".</summary>
    internal string Described => string.Join(
        ", ",
        Parts.Where(part => part.Value != 0).Select(part => string.Create(CultureInfo.InvariantCulture, $"{part.Name} {part.Value}")));

    private (string Name, double Value)[] Parts =>
    [
        ("discriminator", Discriminator),
        ("gradient penalty", GradientPenalty),
        ("adversarial", Adversarial),
        ("feature matching", FeatureMatching),
        ("L1", L1),
        ("L2", L2),
    ];
}

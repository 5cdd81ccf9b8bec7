using System.Globalization;

namespace Pix2Pix;

/// <summary>
/// The losses of one step: means over its batch, without their weights, before the step's update of the network that each belongs to.
/// A part that is off, since its weight is 0, is 0.
/// </summary>
public readonly record struct StepLosses
{
    /// <summary>
    /// The discriminator's loss in its game, without the gradient penalty. Where it knows nothing it is ln 2 = 0.69 (vanilla),
    /// 0.25 (least squares), 2 (hinge) or 0 (Wasserstein, which falls below 0 by the distance that the discriminator sees).
    /// </summary>
    public double Discriminator { get; init; }

    /// <summary>The gradient penalty of the Wasserstein game: the mean of (|gradient| - 1)^2; 0 is best, 1 a gradient of zero.</summary>
    public double GradientPenalty { get; init; }

    /// <summary>
    /// The generator's part of the game. Where the discriminator knows nothing it is ln 2 = 0.69 (vanilla), 0.25 (least squares) or
    /// 0 (hinge and Wasserstein, of either sign).
    /// </summary>
    public double Adversarial { get; init; }

    /// <summary>
    /// The mean absolute difference between the discriminator's maps of target and translation, summed over four layers or what they
    /// would be. What it means changes with the discriminator.
    /// </summary>
    public double FeatureMatching { get; init; }

    /// <summary>The mean absolute difference between translation and target, of values in [-1, 1].</summary>
    public double L1 { get; init; }

    /// <summary>The mean squared difference between translation and target, of values in [-1, 1].</summary>
    public double L2 { get; init; }

    /// <summary>Whether all are finite.</summary>
    public bool AreFinite => Parts.All(part => double.IsFinite(part.Value));

    /// <summary>Those that are not 0, for a sentence: "discriminator 0.69, L1 0.3".</summary>
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

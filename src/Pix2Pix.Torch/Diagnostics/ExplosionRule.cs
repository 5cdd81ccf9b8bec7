namespace Pix2Pix.Torch.Diagnostics;

/// <summary>A loss has grown excessively but is still finite.</summary>
internal sealed class ExplosionRule : IHintRule
{
    private const int FirstSteps = 20;
    private const double Growth = 10_000;

    /// <summary>
    /// A single step may be an outlier; the steps need not be consecutive, because diverging adversarial training oscillates.
    /// </summary>
    private const int Steps = 10;

    private double _start = 1; // or what the losses were larger than at the start
    private int _seen;
    private int _beyond;

    public TrainingHintKind Kind => TrainingHintKind.LossesExplode;

    public string? After(TrainingProgress progress)
    {
        var losses = progress.Losses;
        var largest = new[] { losses.Discriminator, losses.GradientPenalty, losses.Adversarial, losses.FeatureMatching, losses.L1, losses.L2 }
            .Max(Math.Abs);
        if (_seen++ < FirstSteps && largest < Growth)
            _start = Math.Max(_start, largest);
        if (largest < _start * Growth || ++_beyond < Steps)
            return null;
        return FormattableString.Invariant(
            $"The losses explode: {losses.Described}; that is beyond {Growth} times those of the first steps. The networks are of no use any ") +
            "more, and will hardly recover. Stop, and begin again with a smaller learning rate.";
    }
}

namespace Pix2Pix.Torch.Diagnostics;

/// <summary>The discriminator is too strong: its loss has been near its minimum for a long time.</summary>
internal sealed class DiscriminatorRule : IHintRule
{
    /// <summary>The decay of the running mean per step; it spans about fifty steps.</summary>
    private const double Decay = 0.98;

    private const long LongestPatience = 500;
    private const long ShortestPatience = 100;
    private const double Share = 0.2;

    private readonly double _least;
    private double _sum;
    private double _weight;
    private long _below;

    /// <param name="losses">The losses, which determine the level below which the discriminator is too strong.</param>
    public DiscriminatorRule(LossOptions losses) => _least = losses.AdversarialWeight > 0 ? WinsBelow(losses.Adversarial) : double.MinValue;

    public TrainingHintKind Kind => TrainingHintKind.DiscriminatorWins;

    public string? After(TrainingProgress progress)
    {
        _sum = (Decay * _sum) + ((1 - Decay) * progress.Losses.Discriminator);
        _weight = (Decay * _weight) + (1 - Decay);
        var mean = _sum / _weight;
        _below = mean < _least ? _below + 1 : 0;
        var patience = Math.Clamp((long)(progress.Steps * Share), ShortestPatience, LongestPatience);
        return _below < patience
            ? null
            : FormattableString.Invariant(
                $"The discriminator wins: its loss has stayed below {_least} for {_below} steps, now {mean:0.0000} on average. The ") +
                "generator learns little from such a discriminator. Try fewer filters or layers of the discriminator, least squares as the " +
                "game, or the discriminator's augmentation for a small set; where the L1 of the validation still falls, it does no harm.";
    }

    // The loss of a discriminator that cannot distinguish its inputs: ln 2 = 0.69 (vanilla), 0.25 (least squares), 2 (hinge). The
    // Wasserstein critic's loss has no minimum.
    private static double WinsBelow(AdversarialKind kind) => kind switch
    {
        AdversarialKind.Vanilla => 0.05,
        AdversarialKind.LeastSquares => 0.02,
        AdversarialKind.Hinge => 0.15,
        _ => double.MinValue,
    };
}

namespace Pix2Pix.Torch.Diagnostics;

/// <summary>The discriminator wins: its loss has been near its least for long.</summary>
internal sealed class DiscriminatorRule : IHintRule
{
    /// <summary>The running mean forgets with this factor a step: it spans some fifty steps.</summary>
    private const double Decay = 0.98;

    private const long LongestPatience = 500;
    private const long ShortestPatience = 100;
    private const double Share = 0.2;

    private readonly double _least;
    private double _sum;
    private double _weight;
    private long _below;

    /// <param name="losses">The game, which gives the level below which the discriminator wins.</param>
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
                "generator learns little from a game that is lost. Try fewer filters or layers of the discriminator, least squares as the " +
                "game, or the discriminator's augmentation for a small set; where the L1 of the validation still falls, it does no harm.";
    }

    // What one that knows nothing has: ln 2 = 0.69 (vanilla), 0.25 (least squares), 2 (hinge). The Wasserstein critic's loss has no least.
    private static double WinsBelow(AdversarialKind kind) => kind switch
    {
        AdversarialKind.Vanilla => 0.05,
        AdversarialKind.LeastSquares => 0.02,
        AdversarialKind.Hinge => 0.15,
        _ => double.MinValue,
    };
}

using Pix2Pix.Torch.Losses;

namespace Pix2Pix.Torch.Diagnostics;

/// <summary>The discriminator is too strong: its loss has been near its minimum for a long time.</summary>
internal sealed class DiscriminatorRule : IHintRule
{
    /// <summary>The decay of the running mean per step; it spans about fifty steps.</summary>
    private const double Decay = 0.98;

    private const long MaxPatience = 500;
    private const long MinPatience = 100;
    private const double Share = 0.2;

    private readonly double _floor;
    private double _sum;
    private double _weight;
    private long _below;

    /// <param name="losses">The losses, which determine the level below which the discriminator is too strong.</param>
    public DiscriminatorRule(LossOptions losses)
        => _floor = (losses.AdversarialWeight > 0 ? AdversarialLoss.Create(losses).CollapseThreshold : null) ?? double.MinValue;

    public TrainingHintKind Kind => TrainingHintKind.DiscriminatorWins;

    public string? After(TrainingProgress progress)
    {
        _sum = (Decay * _sum) + ((1 - Decay) * progress.Losses.Discriminator);
        _weight = (Decay * _weight) + (1 - Decay);
        var mean = _sum / _weight;
        _below = mean < _floor ? _below + 1 : 0;
        var patience = Math.Clamp((long)(progress.Steps * Share), MinPatience, MaxPatience);
        return _below < patience
            ? null
            : FormattableString.Invariant(
                $"The discriminator is too strong: its loss has stayed below {_floor} for {_below} steps, now {mean:0.0000} on average. ") +
                "The generator gets little gradient from it. Try fewer discriminator filters or layers, the least-squares loss, or " +
                "discriminator augmentation for a small dataset. You can ignore this hint while the validation L1 still falls.";
    }
}

/// <summary>A loss has grown excessively but is still finite.</summary>
internal sealed class ExplosionRule : IHintRule
{
    private const int FirstSteps = 20;
    private const double Growth = 10_000;

    /// <summary>
    /// A single step may be an outlier; the steps need not be consecutive, because diverging adversarial training oscillates.
    /// </summary>
    private const int Steps = 10;

    private double _start = 1; // or the largest loss at the start, if that is larger
    private int _seen;
    private int _beyond;

    public TrainingHintKind Kind => TrainingHintKind.LossesExplode;

    public string? After(TrainingProgress progress)
    {
        var losses = progress.Losses;
        var largest = losses.ByName().Max(loss => Math.Abs(loss.Value));
        if (_seen++ < FirstSteps && largest < Growth)
            _start = Math.Max(_start, largest);
        if (largest < _start * Growth || ++_beyond < Steps)
            return null;
        return FormattableString.Invariant(
            $"The losses are exploding: {losses.Described}, more than {Growth} times those of the first steps. The networks are unlikely ") +
            "to recover. Stop the training and restart it with a smaller learning rate.";
    }
}

/// <summary>The training L1 rises from epoch to epoch.</summary>
internal sealed class L1Rule : IHintRule
{
    private const int Rises = 3;
    private const double Margin = 1.05;

    private readonly EpochMean _mean = new();
    private double _last = double.PositiveInfinity;
    private double _best = double.PositiveInfinity;
    private int _bestEpoch;
    private int _risen;

    public TrainingHintKind Kind => TrainingHintKind.L1Rises;

    public string? After(TrainingProgress progress)
    {
        if (_mean.After(progress) is not { } mean)
            return null;
        _risen = mean > _last ? _risen + 1 : 0;
        _last = mean;
        if (mean < _best)
            (_best, _bestEpoch) = (mean, progress.Epoch);
        return _risen < Rises || mean < _best * Margin
            ? null
            : FormattableString.Invariant(
                $"The training L1 is rising: its mean is {mean:0.0000} in epoch {progress.Epoch}, up from {_best:0.0000} in epoch ") +
                $"{_bestEpoch}. Try a smaller learning rate, or a larger L1Weight relative to the adversarial loss.";
    }
}

/// <summary>The validation L1 rises while the training L1 falls.</summary>
internal sealed class OverfittingRule : IHintRule
{
    private const int InARow = 3;
    private const double Margin = 1.05;

    private readonly EpochMean _mean = new();
    private double _best = double.PositiveInfinity;
    private double _bestTraining;
    private int _bestEpoch;
    private int _worse;

    public TrainingHintKind Kind => TrainingHintKind.Overfitting;

    public string? After(TrainingProgress progress)
    {
        var mean = _mean.After(progress);
        if (progress.Validation?.Scores.L1 is not { } validation || mean is not { } training)
            return null;
        if (validation < _best)
            (_best, _bestTraining, _bestEpoch) = (validation, training, progress.Epoch);
        _worse = validation >= _best * Margin && training * Margin <= _bestTraining ? _worse + 1 : 0;
        return _worse < InARow
            ? null
            : FormattableString.Invariant(
                $"The model is overfitting: since epoch {_bestEpoch}, the training L1 has fallen from {_bestTraining:0.0000} to ") +
                FormattableString.Invariant(
                    $"{training:0.0000}, but the validation L1 has risen from {_best:0.0000} to {validation:0.0000}. ") +
                "Keep the weights of the best epoch or stop early, or try more pairs, more augmentation, or fewer filters.";
    }
}

/// <summary>The mean L1 of each epoch, scaled to 0 to 1 like the scores.</summary>
internal sealed class EpochMean
{
    private double _sum;
    private long _steps;

    /// <summary>The epoch's mean if this step is its last one, otherwise null.</summary>
    public double? After(TrainingProgress progress)
    {
        _sum += progress.Losses.L1 / 2; // the range of the values is [-1, 1]
        _steps++;
        if (!progress.EndsEpoch)
            return null;
        var mean = _sum / _steps;
        (_sum, _steps) = (0, 0);
        return mean;
    }
}

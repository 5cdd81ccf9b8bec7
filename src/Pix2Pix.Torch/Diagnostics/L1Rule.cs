namespace Pix2Pix.Torch.Diagnostics;

/// <summary>The L1 of the training rises from epoch to epoch.</summary>
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
                $"The L1 of the training rises: {mean:0.0000} on average in epoch {progress.Epoch}, from {_best:0.0000} in epoch ") +
                $"{_bestEpoch}. Try a smaller learning rate, or a larger weight of L1 against the adversarial loss.";
    }
}

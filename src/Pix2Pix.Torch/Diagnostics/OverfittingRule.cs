namespace Pix2Pix.Torch.Diagnostics;

/// <summary>The L1 of the validation rises while that of the training falls.</summary>
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
                $"The model is overfitting: since epoch {_bestEpoch} the L1 of the training fell from {_bestTraining:0.0000} to ") +
                FormattableString.Invariant($"{training:0.0000}, but that of the validation rose from {_best:0.0000} to {validation:0.0000}. ") +
                "Keep the best epoch or stop early; try more pairs, more augmentation, or fewer filters.";
    }
}

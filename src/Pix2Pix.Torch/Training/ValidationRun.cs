using Pix2Pix.Torch.Networks;

namespace Pix2Pix.Torch.Training;

/// <summary>
/// The validations of a training, and what follows from them: the best weights, the end, the learning rate, the statistics. Without
/// pairs to validate with nothing follows, except that the averaged weights take the place of the last ones.
/// </summary>
internal sealed class ValidationRun : IDisposable
{
    private readonly Pix2PixTrainer _trainer;
    private readonly ValidationOptions _options;
    private readonly InferenceOptions _inference;
    private readonly LearningRateSchedule _schedule;
    private readonly TrainingClock _clock;
    private readonly ValidationRows? _rows;
    private readonly List<ValidationScores> _history = [];
    private NetworkState? _best;

    public ValidationRun(Pix2PixTrainer trainer, TrainingRun run, LearningRateSchedule schedule, TrainingClock clock)
    {
        _trainer = trainer;
        _options = run.Validation;
        _inference = run.Inference;
        _schedule = schedule;
        _clock = clock;
        if (run.ValidationSet is { } pairs)
            _rows = new ValidationRows(
                pairs, trainer.Generator.Options, _options.MaxPairs, trainer.Options, trainer.Device, run.Cancel);
    }

    /// <summary>All validations so far.</summary>
    public IReadOnlyList<ValidationScores> History => _history;

    /// <summary>The best of them; null before the first.</summary>
    public ValidationScores? Best => _history.LastOrDefault(scores => scores.IsBest);

    /// <summary>Whether it is no use to go on.</summary>
    public bool IsExhausted => _history.Count - 1 - _history.FindLastIndex(scores => scores.IsBest) >= _options.Patience;

    /// <summary>The statistics to translate with, as far as is known.</summary>
    public NormStatistics Statistics
        => ((_options.KeepBest ? Best : _history.LastOrDefault())?.Statistics) ?? Candidates()[0];

    /// <summary>Validates after the last step of an epoch.</summary>
    /// <returns>The progress, with the scores where there was a validation.</returns>
    /// <exception cref="TrainingDivergedException">A translation is not finite.</exception>
    public TrainingProgress Judge(TrainingProgress progress, CancellationToken cancel)
        => IsDue(progress) ? progress with { Validation = _clock.Validating(() => Validate(progress, cancel)) } : progress;

    /// <summary>Gives the generator the weights that it is to translate with: the best, or the averaged ones, or those it has.</summary>
    public void Conclude()
    {
        if (_best is not null)
            _trainer.GeneratorState.Set(_best);
        else if (_trainer.GeneratorAverage is { } average)
            _trainer.GeneratorState.Set(average.State);
    }

    public void Dispose() => _best?.Dispose();

    private bool IsDue(TrainingProgress p)
        => _rows is not null
        && p.Step % (p.Steps / p.Epochs) == 0
        && (p.Epoch % _options.EveryEpochs == 0 || p.Epoch == p.Epochs);

    private ValidationScores Validate(TrainingProgress p, CancellationToken cancel)
    {
        using var averaged = _trainer.GeneratorAverage?.Use();
        var scores = Better(Candidates().Select(statistics => Score(statistics, p, cancel)));
        _history.Add(scores);
        _schedule.Validated(Merit(scores));
        if (scores.IsBest && _options.KeepBest)
            Keep();
        return scores;
    }

    private ValidationScores Score(NormStatistics statistics, TrainingProgress p, CancellationToken cancel)
    {
        if (_rows!.Score(_trainer.Generator, _inference with { Statistics = statistics }, cancel) is not { } scores)
            throw new TrainingDivergedException(p.Step, p.Losses with { L1 = double.NaN }, p.LearningRate);
        return new ValidationScores(p.Epoch, scores, statistics, IsBest: false);
    }

    // The first of equals.
    private ValidationScores Better(IEnumerable<ValidationScores> candidates)
    {
        var better = candidates.MaxBy(Merit)!;
        return better with { IsBest = Best is not { } best || Merit(better) > Merit(best) };
    }

    private double Merit(ValidationScores scores) => _options.Metric.Merit(scores.Scores);

    private NormStatistics[] Candidates()
        => _inference.Statistics != NormStatistics.Auto ? [_inference.Statistics]
        : _trainer.Generator.Options.Norm == NormKind.Batch ? [NormStatistics.Image, NormStatistics.Running]
        : [NormStatistics.Image];

    private void Keep()
    {
        if (_best is null)
            _best = _trainer.GeneratorState.Copy();
        else
            _best.Set(_trainer.GeneratorState);
    }
}

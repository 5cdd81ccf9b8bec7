using Pix2Pix.Imaging;
using Pix2Pix.Torch.Checkpoints;
using Pix2Pix.Torch.Optimization;
using static TorchSharp.torch;

namespace Pix2Pix.Torch;

/// <summary>
/// Runs the validations of a training and applies their results: the best weights, early stopping, the learning rate and the
/// normalization statistics. Without a validation set, its only effect is to replace the final weights with the averaged ones, if any.
/// </summary>
internal sealed class ValidationRun : IDisposable, ITrainingState
{
    private readonly Pix2PixTrainer _trainer;
    private readonly TrainingRun _run;
    private readonly LearningRateSchedule _schedule;
    private readonly ValidationRows? _rows;
    private readonly List<ValidationScores> _history = [];
    private NetworkState? _best;
    private ValidationBasis? _basis;

    /// <param name="trainer">The trainer whose generator is validated.</param>
    /// <param name="run">Provides the validation pairs and options.</param>
    /// <param name="schedule">The schedule to notify of each validation.</param>
    public ValidationRun(Pix2PixTrainer trainer, TrainingRun run, LearningRateSchedule schedule)
    {
        _trainer = trainer;
        _run = run;
        _schedule = schedule;
        if (run.ValidationSet is { } pairs)
            _rows = new ValidationRows(pairs, Options.MaxPairs, trainer.Generator.Options, run.Cancel);
    }

    /// <summary>The validation pairs, at the generator's size; null if there are none.</summary>
    public IReadOnlyList<ImagePair>? Pairs => _rows?.Pairs;

    /// <summary>All validations so far.</summary>
    public IReadOnlyList<ValidationScores> History => _history;

    /// <summary>The best validation so far; null before the first.</summary>
    public ValidationScores? Best => _history.LastOrDefault(scores => scores.IsBest);

    /// <summary>Whether the patience is exhausted, so that the training stops early.</summary>
    public bool IsExhausted => _history.Count - 1 - _history.FindLastIndex(scores => scores.IsBest) >= Options.Patience;

    /// <summary>The statistics to translate with, according to the validations so far.</summary>
    public NormStatistics Statistics
        => (Options.KeepBest ? Best : _history.LastOrDefault())?.Statistics ?? Candidates()[0];

    /// <summary>Whether there are validation pairs but no validation yet.</summary>
    public bool IsMissing => _rows is not null && _history.Count == 0;

    /// <summary>The validation state that a checkpoint contains.</summary>
    public IReadOnlyList<ITrainingState> States => _rows is null ? [] : [this];

    /// <summary>Whether the weights of the best validation are kept.</summary>
    public bool KeepsBest => _rows is not null && Options.KeepBest;

    /// <summary>Whether the weights of a best validation are available.</summary>
    public bool HoldsBest => _best is not null;

    /// <summary>The number of bytes by which checkpoints will grow once best weights are kept.</summary>
    public long BytesToCome => KeepsBest && _best is null ? _trainer.GeneratorState.Bytes : 0;

    string ITrainingState.Name => "validation";

    private ValidationOptions Options => _run.Validation;

    private ValidationBasis Basis => _basis ??= new(Options.Metric, _run.Inference, _rows!.Fingerprint());

    /// <summary>Determines whether a validation is due after the last step of an epoch and has not been done yet.</summary>
    /// <param name="epoch">The epoch, from 1.</param>
    public bool IsDue(int epoch)
        => _rows is not null
        && (epoch % Options.EveryEpochs == 0 || epoch == _trainer.Options.Epochs)
        && (_history.Count == 0 || _history[^1].Epoch < epoch);

    /// <summary>Validates the generator and updates the history, the schedule and the best weights.</summary>
    /// <param name="epoch">The epoch, from 1.</param>
    /// <returns>The scores; null if a translation is not finite, in which case nothing is updated.</returns>
    public ValidationScores? Validate(int epoch)
    {
        using var averaged = _trainer.GeneratorAverage?.Use();
        if (Better(Candidates().Select(statistics => Score(epoch, statistics))) is not { } scores)
            return null;
        _history.Add(scores);
        _schedule.Validated(Merit(scores));
        if (scores.IsBest && Options.KeepBest)
            Keep();
        return scores;
    }

    /// <summary>Sets the generator's final weights: the best, otherwise the averaged ones, otherwise the current ones.</summary>
    public void Conclude()
    {
        if (_best is not null)
            _trainer.GeneratorState.Set(_best);
        else if (_trainer.GeneratorAverage is { Updates: > 0 } average)
            _trainer.GeneratorState.Set(average.State);
    }

    void ITrainingState.Write(StateWriter to)
    {
        to.Value(new Kept(Basis, _history, (_schedule as PlateauSchedule)?.State));
        foreach (var (name, tensor) in _best?.Named() ?? [])
            to.Varying($"best.{name}", tensor);
    }

    void ITrainingState.Read(StateReader from)
    {
        var kept = from.Value<Kept>();
        if (kept.Basis != Basis) // results by another metric or on other pairs are not comparable
            return;
        if (_schedule is PlateauSchedule plateau && kept.Plateau is not null)
            plateau.State = kept.Plateau;
        if (Options.KeepBest && !from.Has($"best.{_trainer.GeneratorState.FirstName}")) // the best weights are not available
            return;
        _history.AddRange(kept.History);
        if (!Options.KeepBest)
            return;

        using var scope = NewDisposeScope();
        Keep();
        foreach (var (name, tensor) in _best!.Named())
            from.Into($"best.{name}", tensor);
    }

    public void Dispose() => _best?.Dispose();

    private ValidationScores? Score(int epoch, NormStatistics statistics)
        => _rows!.Score(_trainer.Generator, _run.Inference with { Statistics = statistics }, _run.Cancel) is { } scores
            ? new ValidationScores(epoch, scores, statistics, IsBest: false)
            : null;

    // Returns the best candidate, the first one in case of a tie; null if any candidate is null.
    private ValidationScores? Better(IEnumerable<ValidationScores?> candidates)
    {
        ValidationScores?[] all = [.. candidates];
        if (all.Contains(null))
            return null;
        var better = all.MaxBy(scores => Merit(scores!))!;
        return better with { IsBest = Best is not { } best || Merit(better) > Merit(best) };
    }

    private double Merit(ValidationScores scores) => Options.Metric.Merit(scores.Scores);

    private NormStatistics[] Candidates()
        => _run.Inference.Statistics != NormStatistics.Auto ? [_run.Inference.Statistics]
        : _trainer.Generator.Options.Norm == NormKind.Batch ? [NormStatistics.Image, NormStatistics.Running]
        : [NormStatistics.Image];

    private void Keep()
    {
        if (_best is null)
            _best = _trainer.GeneratorState.Copy();
        else
            _best.Set(_trainer.GeneratorState);
    }

    private sealed record Kept(ValidationBasis Basis, IReadOnlyList<ValidationScores> History, PlateauState? Plateau);
}

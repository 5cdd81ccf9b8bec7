using Pix2Pix.Imaging;
using Pix2Pix.Metrics;
using Pix2Pix.Torch.Checkpoints;
using Pix2Pix.Torch.Optimization;
using static TorchSharp.torch;

namespace Pix2Pix.Torch;

/// <summary>
/// Runs the validations of a training and applies their results: the best weights, early stopping, the learning rate and the
/// normalization statistics. Without a validation set, its only effect is to replace the final weights with the averaged ones, if any.
/// </summary>
internal sealed class ValidationCallback : TrainingCallback, ITrainingState
{
    private readonly TrainingContext _training;
    private readonly Pix2PixTrainer _trainer;
    private readonly TrainingRun _run;
    private readonly LearningRateSchedule _schedule;
    private readonly ValidationRows? _rows;
    private readonly List<ValidationScores> _history = [];
    private NetworkState? _best;
    private ValidationBasis? _basis;
    private TimeSpan _time;

    /// <param name="training">The training whose generator is validated.</param>
    /// <param name="schedule">The schedule to notify of each validation.</param>
    public ValidationCallback(TrainingContext training, LearningRateSchedule schedule)
    {
        (_training, _trainer, _run, _schedule) = (training, training.Trainer, training.Run, schedule);
        if (_run.ValidationSource is { } pairs)
            _rows = new ValidationRows(pairs, Options.MaxPairs, _trainer.Generator.Options, _run.CancellationToken);
    }

    /// <summary>The validation pairs, at the generator's size; null if there are none.</summary>
    public IReadOnlyList<ImagePair>? Pairs => _rows?.Pairs;

    /// <summary>All validations so far.</summary>
    public IReadOnlyList<ValidationScores> History => _history;

    /// <summary>The best validation so far; null before the first.</summary>
    public ValidationScores? Best => _history.LastOrDefault(scores => scores.IsBest);

    /// <summary>The error of a validation after the last step that failed; null if there is none.</summary>
    public Exception? LastError { get; private set; }

    /// <summary>Whether the patience is exhausted, so that the training stops early.</summary>
    public override bool WantsToStop => _history.Count - 1 - _history.FindLastIndex(scores => scores.IsBest) >= Options.Patience;

    /// <summary>The statistics to translate with, according to the validations so far.</summary>
    public NormStatistics Statistics
        => (Options.KeepBest ? Best : _history.LastOrDefault())?.Statistics ?? Candidates()[0];

    /// <summary>The validation state that a checkpoint contains.</summary>
    public IReadOnlyList<ITrainingState> States => _rows is null ? [] : [this];

    /// <summary>Whether the weights of the best validation are kept.</summary>
    public bool KeepsBest => _rows is not null && Options.KeepBest;

    /// <summary>The number of bytes by which checkpoints will grow once best weights are kept.</summary>
    public long BytesToCome => KeepsBest && _best is null ? _trainer.GeneratorState.Bytes : 0;

    string ITrainingState.Name => "validation";

    private ValidationOptions Options => _run.Validation;

    private ValidationBasis Basis => _basis ??= new(Options.Metric, _run.Inference, _rows!.Fingerprint());

    /// <summary>
    /// Validates after the last step of an epoch. After the last step of all, a validation that fails, for example for lack of memory, must
    /// not discard the training.
    /// </summary>
    public override TrainingProgress AfterStep(TrainingProgress progress)
    {
        if (!progress.EndsEpoch || !NeedsValidation(progress.Epoch) || _training.IsFailing)
            return progress;
        try
        {
            return progress with { Validation = Validate(progress.Epoch) };
        }
        catch (Exception e) when (progress.Step == progress.Steps && e is not (TrainingDivergedException or OperationCanceledException))
        {
            LastError = e;
            return progress;
        }
    }

    /// <summary>Validates if the training was resumed just before the validation.</summary>
    public override void AfterEpoch(int epoch)
    {
        if (NeedsValidation(epoch))
            Validate(epoch);
        if (KeepsBest)
            _training.BestEpoch = Best?.Epoch;
    }

    /// <summary>Validates if the training was resumed after the last epoch without comparable validations.</summary>
    public override void BeforeEnd()
    {
        if (_training.Position.Epoch > _training.Options.Epochs && _rows is not null && _history.Count == 0 && LastError is null)
            Validate(_training.Position.Epoch - 1);
    }

    public override TrainingSummary Summarize(TrainingSummary summary) => summary with
    {
        EndReason = summary.EndReason == EndReason.Stopped && WantsToStop ? EndReason.EarlyStopping : summary.EndReason,
        Validations = _history,
        ValidationTime = _time,
        Statistics = Statistics,
    };

    /// <summary>Sets the generator's final weights: the best, otherwise the averaged ones, otherwise the current ones.</summary>
    public override void Ended(TrainingSummary summary)
    {
        if (_best is not null)
            _trainer.GeneratorState.Set(_best);
        else if (_trainer.GeneratorAverage is { Updates: > 0 } average)
            _trainer.GeneratorState.Set(average.State);
    }

    /// <summary>After a divergence, the best generator so far replaces the diverged one.</summary>
    public override bool Failed(Exception exception)
    {
        if (exception is not TrainingDivergedException || _best is null)
            return false;
        _trainer.GeneratorState.Set(_best);
        return true;
    }

    /// <summary>Validates the generator and updates the history, the schedule and the best weights.</summary>
    /// <param name="epoch">The epoch, from 1.</param>
    /// <exception cref="TrainingDivergedException">A translation is not finite; nothing is updated.</exception>
    public ValidationScores Validate(int epoch)
    {
        var started = _run.Clock.GetTimestamp();
        using var averaged = _trainer.GeneratorAverage?.Use();
        if (Better(Candidates().Select(statistics => Score(epoch, statistics))) is not { } scores)
            throw _training.Diverged();
        _history.Add(scores);
        _schedule.Validated(Merit(scores));
        if (scores.IsBest && Options.KeepBest)
            Keep();
        _time += _run.Clock.GetElapsedTime(started);
        return scores;
    }

    void ITrainingState.Write(StateWriter to)
    {
        to.Value(new SavedState(Basis, _history, (_schedule as PlateauSchedule)?.State));
        foreach (var (name, tensor) in _best?.Named() ?? [])
            to.Varying($"best.{name}", tensor);
    }

    void ITrainingState.Read(StateReader from)
    {
        var saved = from.Value<SavedState>();
        if (saved.Basis != Basis) // results by another metric or on other pairs are not comparable
            return;
        if (_schedule is PlateauSchedule plateau && saved.Plateau is not null)
            plateau.State = saved.Plateau;
        if (Options.KeepBest && !from.HasAny("best.")) // the best weights are not available
            return;
        _history.AddRange(saved.History);
        if (!Options.KeepBest)
            return;

        using var scope = NewDisposeScope();
        Keep();
        foreach (var (name, tensor) in _best!.Named())
            from.Into($"best.{name}", tensor);
    }

    public override void Dispose() => _best?.Dispose();

    // Whether an epoch is to be validated and has not been validated yet.
    private bool NeedsValidation(int epoch)
        => _rows is not null && LastError is null
        && (epoch % Options.EveryEpochs == 0 || epoch == _trainer.Options.Epochs)
        && (_history.Count == 0 || _history[^1].Epoch < epoch);

    private ValidationScores? Score(int epoch, NormStatistics statistics)
        => _rows!.Score(_trainer.Generator, _run.Inference with { Statistics = statistics }, _run.CancellationToken) is { } scores
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

    private double Merit(ValidationScores scores) => ScoreKind.Merit(Options.Metric, scores.Scores);

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

    internal sealed record SavedState(ValidationBasis Basis, IReadOnlyList<ValidationScores> History, PlateauState? Plateau)
    {
        public IReadOnlyList<ValidationScores> History { get; } = [.. History.Select(Valid)];

        public PlateauState? Plateau { get; } = Plateau is null or { Share: >= 0 and <= 1, Waited: >= 0 } && double.IsFinite(Plateau?.Best ?? 0)
            ? Plateau
            : throw new ArgumentException($"The state of the learning rate is {Plateau}; expected a share from 0 to 1 and finite numbers.");

        private static ValidationScores Valid(ValidationScores? scores)
        {
            if (scores is not { Epoch: > 0, Statistics: NormStatistics.Image or NormStatistics.Running }
                || !ScoreKind.All.All(kind => double.IsFinite(kind.Value(scores.Scores))))
            {
                throw new ArgumentException($"The validation history contains {scores?.ToString() ?? "null"}; expected valid scores.");
            }

            return scores;
        }
    }
}

using Pix2Pix.Imaging;
using Pix2Pix.Torch.Checkpoints;
using Pix2Pix.Torch.Optimization;
using static TorchSharp.torch;

namespace Pix2Pix.Torch;

/// <summary>
/// The validations of a training, and what follows from them: the best weights, the end, the learning rate, the statistics. Without
/// pairs to validate with nothing follows, except that the averaged weights take the place of the last ones.
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

    /// <param name="trainer">Whose generator is validated.</param>
    /// <param name="run">Says with what, and how.</param>
    /// <param name="schedule">Is told of each validation.</param>
    public ValidationRun(Pix2PixTrainer trainer, TrainingRun run, LearningRateSchedule schedule)
    {
        _trainer = trainer;
        _run = run;
        _schedule = schedule;
        if (run.ValidationSet is { } pairs)
            _rows = new ValidationRows(pairs, Options.MaxPairs, trainer.Generator.Options, run.Cancel);
    }

    /// <summary>The pairs to validate with, at the generator's size; null where there are none.</summary>
    public IReadOnlyList<ImagePair>? Pairs => _rows?.Pairs;

    /// <summary>All validations so far.</summary>
    public IReadOnlyList<ValidationScores> History => _history;

    /// <summary>The best of them; null before the first.</summary>
    public ValidationScores? Best => _history.LastOrDefault(scores => scores.IsBest);

    /// <summary>Whether it is no use to go on.</summary>
    public bool IsExhausted => _history.Count - 1 - _history.FindLastIndex(scores => scores.IsBest) >= Options.Patience;

    /// <summary>The statistics to translate with, as far as is known.</summary>
    public NormStatistics Statistics
        => (Options.KeepBest ? Best : _history.LastOrDefault())?.Statistics ?? Candidates()[0];

    /// <summary>Whether there are pairs to validate with, and nothing is known about them.</summary>
    public bool IsMissing => _rows is not null && _history.Count == 0;

    /// <summary>What a checkpoint keeps of the validations.</summary>
    public IReadOnlyList<ITrainingState> States => _rows is null ? [] : [this];

    /// <summary>Whether the weights of the best validation are kept.</summary>
    public bool KeepsBest => _rows is not null && Options.KeepBest;

    /// <summary>Whether there are such weights.</summary>
    public bool HoldsBest => _best is not null;

    /// <summary>The bytes that what is kept will grow by.</summary>
    public long BytesToCome => KeepsBest && _best is null ? _trainer.GeneratorState.Bytes : 0;

    string ITrainingState.Name => "validation";

    private ValidationOptions Options => _run.Validation;

    private ValidationBasis Basis => _basis ??= new(Options.Metric, _run.Inference, _rows!.Fingerprint());

    /// <summary>Whether a validation is due after the last step of an epoch, and not yet done.</summary>
    /// <param name="epoch">The epoch, from 1.</param>
    public bool IsDue(int epoch)
        => _rows is not null
        && (epoch % Options.EveryEpochs == 0 || epoch == _trainer.Options.Epochs)
        && (_history.Count == 0 || _history[^1].Epoch < epoch);

    /// <summary>Validates, and draws the conclusions.</summary>
    /// <param name="epoch">The epoch, from 1.</param>
    /// <returns>The scores; null where a translation is not finite: then nothing is concluded.</returns>
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

    /// <summary>Gives the generator the weights that it is to translate with: the best, or the averaged ones, or those it has.</summary>
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
        if (kept.Basis != Basis) // what was best by another metric, or of other pairs, is not comparable
            return;
        if (_schedule is PlateauSchedule plateau && kept.Plateau is not null)
            plateau.State = kept.Plateau;
        if (Options.KeepBest && !from.Has($"best.{_trainer.GeneratorState.FirstName}")) // the best of them could not be given back
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

    // The first of equals; null where one of them is.
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

using System.Globalization;
using Pix2Pix.Metrics;
using Pix2Pix.Reporting;

namespace Pix2Pix.Torch.Diagnostics;

/// <summary>The curves of a training, stored in two CSV files and, in bounded memory, in this object.</summary>
internal sealed class History : IDisposable
{
    private static readonly string StepHeader =
        $"step,epoch,pairs,{string.Join(',', LossTerm.All.Select(loss => loss.Column))},learning_rate,seconds,data_seconds";

    private static readonly string ValidationHeader =
        $"step,epoch,{string.Join(',', ScoreKind.All.Select(score => score.Name.ToLowerInvariant()))},statistics,best";

    private readonly double _stepsOfEpoch;
    private readonly CsvLog _steps;
    private readonly CsvLog _validations;

    /// <param name="folder">The folder that contains the files.</param>
    /// <param name="stepsOfEpoch">The number of steps per epoch.</param>
    /// <param name="lastStep">The step to resume after; 0 for a new training.</param>
    public History(ReportFolder folder, long stepsOfEpoch, long lastStep)
    {
        _stepsOfEpoch = stepsOfEpoch;
        _steps = CsvLog.Open(folder.PathOf("losses.csv"), StepHeader, lastStep, ReplayStep);
        _validations = CsvLog.Open(folder.PathOf("validation.csv"), ValidationHeader, lastStep, ReplayValidation);
    }

    /// <summary>A curve for each of <see cref="LossTerm.All"/>.</summary>
    public IReadOnlyDictionary<LossTerm, Series> Losses { get; } = LossTerm.All.ToDictionary(loss => loss, _ => new Series());

    public Series LearningRate { get; } = new();

    /// <summary>A curve of the validations for each of <see cref="ScoreKind.All"/>.</summary>
    public IReadOnlyDictionary<ScoreKind, Series> Scores { get; } = ScoreKind.All.ToDictionary(score => score, _ => new Series());

    /// <summary>The epoch of the best validation so far, and its scores in the order of <see cref="ScoreKind.All"/>.</summary>
    public (int Epoch, double[] Scores)? Best { get; private set; }

    public void Add(TrainingProgress p)
    {
        double[] losses = [.. LossTerm.All.Select(loss => p.Losses[loss] * loss.Scale)];
        var cells = string.Join(',', losses.Select(loss => loss.ToString("0.######", CultureInfo.InvariantCulture)));
        AddStep(p.Step, losses, p.LearningRate); // before writing the file, which may fail if the disk is full
        _steps.Add(
            $"{p.Step},{p.Epoch},{p.PairsSeen},{cells},{p.LearningRate:0.##########},{p.Elapsed.TotalSeconds:0.###},{p.DataTime.TotalSeconds:0.###}");
        if (p.Validation is { } validation)
            Add(validation, p.Step);
    }

    /// <summary>Adds a validation after a step.</summary>
    public void Add(ValidationScores validation, long step)
    {
        double[] scores = [.. ScoreKind.All.Select(score => score.Value(validation.Scores))];
        AddValidation(step, validation.Epoch, scores, validation.IsBest);
        var cells = ScoreKind.All.Zip(scores, (kind, score) => score.ToString(kind.ColumnFormat, CultureInfo.InvariantCulture));
        _validations.Add($"{step},{validation.Epoch},{string.Join(',', cells)},{validation.Statistics},{(validation.IsBest ? 1 : 0)}");
    }

    public void Dispose()
    {
        _steps.Dispose();
        _validations.Dispose();
    }

    private void ReplayStep(string[] cells)
    {
        var values = cells[3..].Select(Number).ToArray();
        AddStep((long)Number(cells[0]), values[..^3], values[^3]);
    }

    private void ReplayValidation(string[] cells)
        => AddValidation((long)Number(cells[0]), (int)Number(cells[1]), [.. cells[2..^2].Select(Number)], cells[^1] == "1");

    private void AddStep(long step, double[] losses, double learningRate)
    {
        var epoch = step / _stepsOfEpoch;
        foreach (var (term, loss) in LossTerm.All.Zip(losses))
            Losses[term].Add(epoch, loss);
        LearningRate.Add(epoch, learningRate);
    }

    private void AddValidation(long step, int epoch, double[] scores, bool isBest)
    {
        foreach (var (kind, score) in ScoreKind.All.Zip(scores))
            Scores[kind].Add(step / _stepsOfEpoch, score);
        if (isBest)
            Best = (epoch, scores);
    }

    private static double Number(string cell) => double.Parse(cell, CultureInfo.InvariantCulture);
}

/// <summary>The hints of a training, stored in a CSV file so that earlier hints survive a crash.</summary>
internal sealed class HintLog : IDisposable
{
    private readonly List<TrainingHint> _hints = [];
    private readonly CsvLog _file;

    /// <param name="path">The file.</param>
    /// <param name="lastStep">The step to resume after; 0 for a new training.</param>
    public HintLog(string path, long lastStep) => _file = CsvLog.Open(path, "step,epoch,kind,text", lastStep, Replay);

    /// <summary>All hints, in order.</summary>
    public IReadOnlyList<TrainingHint> Hints => _hints;

    /// <summary>Appends a hint, unless one of its kind exists, because a resumed training reports it again.</summary>
    public void Add(TrainingHint hint)
    {
        if (_hints.Any(existing => existing.Kind == hint.Kind))
            return;
        _hints.Add(hint);
        _file.Add($"{hint.Step},{hint.Epoch},{hint.Kind},{CsvText.Quoted(hint.Text)}");
    }

    public void Dispose() => _file.Dispose();

    private void Replay(string[] cells)
    {
        if (Enum.TryParse<TrainingHintKind>(cells[2], out var kind))
            _hints.Add(new TrainingHint(kind, int.Parse(cells[1]), long.Parse(cells[0]), cells[3]));
    }
}

using System.Numerics;
using Pix2Pix.Imaging;
using Pix2Pix.Torch.Data;

namespace Pix2Pix.Torch.Diagnostics;

/// <summary>Monitors a training: adds hints to the progress of each step and writes the report, if one is requested.</summary>
internal sealed class DiagnosticsCallback : TrainingCallback
{
    /// <summary>The number of samples that are analyzed if there is no report.</summary>
    private const int SamplesWithoutReport = 2;

    private readonly TrainingRun _run;
    private readonly ValidationCallback _validation;
    private readonly SampleSet _samples;
    private readonly OutputRule _output;
    private readonly NoteRule _problem = new(TrainingHintKind.ReportNotWritten);
    private readonly TrainingHints _hints;
    private readonly TrainingReport? _report;
    private int _validations; // reported so far
    private bool _samplesShown;

    /// <summary>Opens the report, if one is requested.</summary>
    /// <param name="training">The training. The samples are training pairs if there is no validation set.</param>
    /// <param name="clock">Provides the planned steps.</param>
    /// <param name="validation">Provides the validation pairs and the statistics to translate with.</param>
    /// <param name="ended">Canceled when the training is stopped or canceled.</param>
    /// <exception cref="IOException">The report's folder cannot be written to, or another training is writing to it.</exception>
    public DiagnosticsCallback(TrainingContext training, TrainingClock clock, ValidationCallback validation, CancellationToken ended)
    {
        var (trainer, pairs) = (training.Trainer, training.Pairs);
        _run = training.Run;
        _validation = validation;
        _validations = validation.History.Count;
        var inMemory = validation.Pairs is not null || pairs is ImagePairs;
        var count = _run.Report?.Samples ?? (inMemory ? SamplesWithoutReport : 0); // a hint alone does not justify reading pairs
        _samples = validation.Pairs is { } validationPairs
            ? SampleSet.Of(trainer, count, validationPairs)
            : SampleSet.Of(trainer, count, pairs, ended);
        PixelImage[] targets = [.. _samples.Pairs.Select(pair => pair.Target)];
        _output = new OutputRule(targets);
        _hints = new TrainingHints(trainer.Options.Losses, new TargetRule(targets), _output, _problem);
        if (_run.Report is not null)
            _report = TrainingReport.Open(_run, trainer, clock, _samples);
    }

    /// <summary>Adds hints to the progress and records it.</summary>
    public override TrainingProgress AfterStep(TrainingProgress progress)
    {
        if (progress.Validation is not null)
            _validations++;
        if (_validation.LastError is { } error)
            _problem.Note = $"The validation after the last step failed, so the generator was chosen without it: {error.Message}";
        try
        {
            return WithHints(progress);
        }
        catch (Exception e)
        {
            _problem.Note = $"Samples and hints could not be computed: {e.Message} Training continues.";
            _samplesShown = false;
            return progress;
        }
    }

    public override void AfterEpoch(int epoch) => RecordValidations();

    public override void BeforeEnd() => RecordValidations();

    public override void Ended(TrainingSummary summary) => Write(report => report.End(
        summary.EndReason == EndReason.Stopped ? ReportStatus.Stopped : ReportStatus.Finished,
        Note(summary),
        _samplesShown ? null : Show(Translate())));

    public override bool Failed(Exception exception)
    {
        Write(report => report.End(
            exception is OperationCanceledException ? ReportStatus.Stopped : ReportStatus.Failed, exception.Message, translations: null));
        return false;
    }

    public override void Dispose() => _report?.Dispose();

    // Records validations that belong to the last step before the training was resumed.
    private void RecordValidations()
    {
        for (; _validations < _validation.History.Count; _validations++)
            Write(report => report.Add(_validation.History[_validations]));
    }

    private TrainingProgress WithHints(TrainingProgress progress)
    {
        var translations = WantsSamples(progress) ? Translate() : null;
        _samplesShown = translations is not null;
        _output.Translations = translations;
        progress = progress with { Hints = _hints.After(progress) };
        Write(report => report.Add(progress, Show(translations)));
        return progress;
    }

    // Without a report, samples are translated after epochs 1, 2, 4, 8 and so on, at negligible cost.
    private bool WantsSamples(TrainingProgress progress)
        => _report?.WantsSamples(progress) ?? (progress.EndsEpoch && BitOperations.IsPow2(progress.Epoch));

    private IReadOnlyList<PixelImage> Translate() => _samples.Translate(_run.Inference with { Statistics = _validation.Statistics });

    private IReadOnlyList<PixelImage>? Show(IReadOnlyList<PixelImage>? translations)
        => translations is { Count: > 0 } ? _samples.Show(translations) : null;

    private string? Note(TrainingSummary summary)
    {
        var early = summary.EndReason != EndReason.EarlyStopping ? ""
            : _run.Validation.Patience == 1 ? "Stopped early: the last validation brought no improvement. "
            : $"Stopped early: the last {_run.Validation.Patience} validations brought no improvement. ";
        var best = _run.Validation.KeepBest && summary.Best is { } scores
            ? $"The generator has the weights of epoch {scores.Epoch}, the best one."
            : "";
        return $"{early}{best}".Trim() is { Length: > 0 } note ? note : null;
    }

    // A full disk, a page that is open in another program, or a bug in the report must not end a long training.
    private void Write(Action<TrainingReport> write)
    {
        if (_report is null)
            return;
        try
        {
            write(_report);
        }
        catch (Exception e)
        {
            _problem.Note =
                $"The report could not be written: {e.Message} Training continues, and the report is retried at the next update.";
        }
    }
}

using System.Numerics;
using Pix2Pix.Imaging;
using Pix2Pix.Torch.Data;
using Pix2Pix.Torch.Diagnostics;

namespace Pix2Pix.Torch;

/// <summary>Watches a training for its owner: hints to each step, and the report where one is wanted.</summary>
internal sealed class TrainingMonitor : IDisposable
{
    /// <summary>Samples to look at where no report shows them.</summary>
    private const int Unseen = 2;

    private readonly TrainingRun _run;
    private readonly ValidationRun _validation;
    private readonly SampleSet _samples;
    private readonly OutputRule _output;
    private readonly NoteRule _trouble = new(TrainingHintKind.ReportNotWritten);
    private readonly TrainingHints _hints;
    private readonly TrainingReport? _report;
    private bool _shown;

    /// <summary>Makes the report, where one is wanted.</summary>
    /// <param name="trainer">What is trained.</param>
    /// <param name="pairs">Pairs to show, where there are none of the validation.</param>
    /// <param name="run">Says whether there is a report, and how samples are translated.</param>
    /// <param name="clock">How long it will take.</param>
    /// <param name="validation">Has pairs to show, and knows the statistics to translate with.</param>
    /// <param name="ended">Cancelled where the training is to end.</param>
    /// <exception cref="IOException">The report's folder cannot be written to, or another training writes to it.</exception>
    public TrainingMonitor(
        Pix2PixTrainer trainer, IPairSource pairs, TrainingRun run, TrainingClock clock, ValidationRun validation, CancellationToken ended)
    {
        _run = run;
        _validation = validation;
        var inMemory = validation.Pairs is not null || pairs is ImagePairs;
        var wanted = run.Report?.Samples ?? (inMemory ? Unseen : 0); // reading may take long: not for a hint alone
        _samples = validation.Pairs is { } kept ? SampleSet.Of(trainer, wanted, kept) : SampleSet.Of(trainer, wanted, pairs, ended);
        PixelImage[] targets = [.. _samples.Pairs.Select(pair => pair.Target)];
        _output = new OutputRule(targets);
        _hints = new TrainingHints(trainer.Options.Losses, new TargetRule(targets), _output, _trouble);
        if (run.Report is not null)
            _report = TrainingReport.Open(run, trainer, clock, _samples);
    }

    /// <summary>Takes a step in; gives it back with its hints.</summary>
    public TrainingProgress After(TrainingProgress progress)
    {
        try
        {
            return WithHints(progress);
        }
        catch (Exception e)
        {
            _trouble.Note = $"The samples or the hints could not be computed: {e.Message} The training goes on.";
            _shown = false;
            return progress;
        }
    }

    /// <summary>A validation that belongs to the last step before a training went on.</summary>
    public void Validated(ValidationScores scores) => Write(report => report.Add(scores));

    /// <summary>The training is over, by itself or by a stop.</summary>
    public void Finished(TrainingSummary summary) => Write(report => report.End(
        summary.EndReason == EndReason.Stopped ? ReportStatus.Stopped : ReportStatus.Finished, Note(summary), _shown ? null : Show(Translate())));

    /// <summary>The training ends with an exception.</summary>
    public void Failed(Exception exception) => Write(report => report.End(
        exception is OperationCanceledException ? ReportStatus.Stopped : ReportStatus.Failed, exception.Message, translations: null));

    public void Dispose() => _report?.Dispose();

    private TrainingProgress WithHints(TrainingProgress progress)
    {
        var translations = WantsSamples(progress) ? Translate() : null;
        _shown = translations is not null;
        _output.News = translations;
        progress = progress with { Hints = _hints.After(progress) };
        Write(report => report.Add(progress, Show(translations)));
        return progress;
    }

    // Without a report: after the epochs 1, 2, 4, 8 and so on, which costs next to nothing.
    private bool WantsSamples(TrainingProgress progress)
        => _report?.WantsSamples(progress) ?? (progress.EndsEpoch && BitOperations.IsPow2(progress.Epoch));

    private IReadOnlyList<PixelImage> Translate() => _samples.Translate(_run.Inference with { Statistics = _validation.Statistics });

    private IReadOnlyList<PixelImage>? Show(IReadOnlyList<PixelImage>? translations)
        => translations is { Count: > 0 } ? _samples.Show(translations) : null;

    private string? Note(TrainingSummary summary)
    {
        var early = summary.EndReason == EndReason.EarlyStopping ? $"Ended early: {_run.Validation.Patience} validations in a row were no better. " : "";
        var best = _run.Validation.KeepBest && summary.Best is { } scores ? $"The generator that is kept is that of epoch {scores.Epoch}, the best one." : "";
        return $"{early}{best}".Trim() is { Length: > 0 } note ? note : null;
    }

    // A full disk, a page that somebody holds open, or a fault of the report itself must not end a long training.
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
            _trouble.Note = $"The report could not be written: {e.Message} The training goes on, and the next page will be tried again.";
        }
    }
}

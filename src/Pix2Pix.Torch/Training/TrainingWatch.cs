using System.Numerics;
using Pix2Pix.Torch.Data;
using Pix2Pix.Torch.Reporting;
using Pix2Pix.Torch.Training.Hints;

namespace Pix2Pix.Torch.Training;

/// <summary>Watches a training for its owner: hints to each step, and the report where one is wanted.</summary>
internal sealed class TrainingWatch : IDisposable
{
    /// <summary>Samples to look at where no report shows them.</summary>
    private const int Unseen = 2;

    private readonly Pix2PixTrainer _trainer;
    private readonly TrainingRun _run;
    private readonly ValidationRun _validation;
    private readonly SampleSet _samples;
    private readonly OutputWatcher _output;
    private readonly NoteWatcher _trouble = new(TrainingHintKind.ReportNotWritten);
    private readonly TrainingHints _hints;
    private readonly TrainingReport? _report;
    private bool _shown;

    /// <summary>Makes the report, where one is wanted.</summary>
    /// <param name="trainer">What is trained.</param>
    /// <param name="pairs">Pairs to show: those of the validation, else those of the training.</param>
    /// <param name="run">Says whether there is a report, and how samples are translated.</param>
    /// <param name="validation">Knows the statistics to translate with.</param>
    /// <param name="clock">How long it will take.</param>
    /// <param name="ended">Cancelled where the training is to end.</param>
    /// <exception cref="IOException">The report's folder cannot be written to.</exception>
    public TrainingWatch(
        Pix2PixTrainer trainer,
        IPairSource pairs,
        TrainingRun run,
        ValidationRun validation,
        TrainingClock clock,
        CancellationToken ended)
    {
        _trainer = trainer;
        _run = run;
        _validation = validation;
        pairs = run.ValidationSet ?? pairs;
        var wanted = run.Report?.Samples ?? (pairs is ImagePairs ? Unseen : 0); // reading may take long: not for a hint alone
        _samples = new SampleSet(pairs, wanted, trainer.Generator.Options, trainer.Options, ended);
        _output = new OutputWatcher([.. _samples.Pairs.Select(pair => pair.Target)]);
        _hints = new TrainingHints(trainer.Options.Losses, _output, _trouble);
        if (run.Report is { } options)
            _report = new TrainingReport(options, trainer, clock, _samples, run.Clock);
    }

    /// <summary>Takes a step in; gives it back with its hints.</summary>
    public TrainingProgress After(TrainingProgress progress)
    {
        _shown = WantsSamples(progress);
        var translations = _shown ? TranslateAveraged() : null;
        _output.News = translations;
        progress = progress with { Hints = _hints.After(progress) };
        Write(report => report.Add(progress, translations));
        return progress;
    }

    /// <summary>The training is over, by itself or by a stop.</summary>
    public void Finished(TrainingSummary summary) => Write(report => report.End(
        summary.Stopped ? ReportStatus.Stopped : ReportStatus.Finished, failure: null, _shown ? null : Translate()));

    /// <summary>The training ends with an exception.</summary>
    public void Failed(Exception exception) => Write(report => report.End(
        exception is OperationCanceledException ? ReportStatus.Stopped : ReportStatus.Failed, exception.Message, translations: null));

    public void Dispose() => _report?.Dispose();

    // Without a report: after the epochs 1, 2, 4, 8 and so on, which costs next to nothing.
    private bool WantsSamples(TrainingProgress progress)
        => _report?.WantsSamples(progress) ?? (progress.EndsEpoch && BitOperations.IsPow2(progress.Epoch));

    // While it is trained, the average stands aside; at the end, the generator is the one that is kept.
    private IReadOnlyList<PixelImage> TranslateAveraged()
    {
        using var averaged = _trainer.GeneratorAverage?.Use();
        return Translate();
    }

    private IReadOnlyList<PixelImage> Translate()
        => _samples.Translate(_trainer.Generator, _run.Inference with { Statistics = _validation.Statistics }, _trainer.Device);

    // A full disk, or a page that somebody holds open, must not end a training of days.
    private void Write(Action<TrainingReport> write)
    {
        if (_report is null)
            return;
        try
        {
            write(_report);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            _trouble.Note = $"The report could not be written: {e.Message} The training goes on, and the next page will be tried again.";
        }
    }
}

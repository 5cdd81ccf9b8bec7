using System.Text;
using Pix2Pix.Imaging;
using Pix2Pix.Reporting;
using static TorchSharp.torch;

namespace Pix2Pix.Torch.Diagnostics;

/// <summary>The report folder of a training. It receives each step and writes its files when they are due.</summary>
internal sealed class TrainingReport : IDisposable
{
    private const string PageName = "report.html";
    private const long MaxPageLength = 1 << 29; // a longer page was not written here
    private static readonly TimeSpan BetweenPages = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan BetweenSamples = TimeSpan.FromMinutes(10); // within long epochs

    private readonly ReportOptions _options;
    private readonly ReportFolder _folder;
    private readonly TimeProvider _time;
    private readonly History _history;
    private readonly HintLog _hints;
    private readonly long _first;
    private readonly IReadOnlyList<ImagePair> _shown;
    private readonly Gallery _gallery;
    private readonly ReportContent _fixed;
    private TrainingProgress? _progress;
    private TimeSpan _nextPage = BetweenPages;
    private TimeSpan _nextSamples;

    private TrainingReport(ReportFolder folder, TrainingRun run, Pix2PixTrainer trainer, TrainingClock clock, SampleSet samples)
    {
        _options = run.Report!;
        _folder = folder;
        _time = run.Clock;
        _first = clock.FirstStep;
        _progress = clock.Resumed;
        _nextSamples = (_progress?.Elapsed ?? TimeSpan.Zero) + BetweenSamples;
        _shown = samples.Shown;
        _gallery = new Gallery(_shown);
        Directory.CreateDirectory(SamplesFolder);
        if (_first == 0)
            Array.ForEach(Directory.GetFiles(SamplesFolder, "epoch-*.png"), File.Delete);
        else if (new FileInfo(folder.PathOf(PageName)) is { Exists: true, Length: < MaxPageLength } page)
        {
            RegularFile.Check(page.FullName);
            _gallery.TakeFrom(File.ReadAllText(page.FullName), clock.FirstEpochs);
        }

        _history = new History(folder, clock.StepsOfEpoch, _first);
        _hints = new HintLog(folder.PathOf("hints.csv"), _first);
        _fixed = new ReportContent
        {
            Title = string.IsNullOrWhiteSpace(_options.Title) ? "pix2pix" : _options.Title,
            Status = ReportStatus.Running,
            Written = default,
            Pairs = clock.Pairs,
            Training = trainer.Options,
            History = _history,
            Gallery = _gallery,
            Hints = _hints.Hints,
            Options = OptionTables.Of(trainer, run),
            Environment =
            [
                new("Device", trainer.Device.ToString()),
                new("libtorch threads", $"{get_num_threads()}"),
                new("libtorch", TorchRuntime.Initialize().LibTorchFolder),
                .. RunEnvironment.Describe(),
            ],
        };
        WritePairs();
        WritePage(_fixed);
    }

    private string SamplesFolder => _folder.PathOf("samples");

    /// <summary>Creates or resumes the folder and writes the first page.</summary>
    /// <param name="run">Requests the report and provides the time.</param>
    /// <param name="trainer">The trainer.</param>
    /// <param name="clock">The duration of the training, and the step to resume after if it is resumed.</param>
    /// <param name="samples">The pairs to show.</param>
    /// <exception cref="IOException">The folder cannot be written to, or another training writes to it.</exception>
    /// <exception cref="InvalidDataException">A file to resume has other columns.</exception>
    public static TrainingReport Open(TrainingRun run, Pix2PixTrainer trainer, TrainingClock clock, SampleSet samples)
    {
        var folder = new ReportFolder(run.Report!.Folder);
        try
        {
            return new TrainingReport(folder, run, trainer, clock, samples);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            folder.Dispose();
            throw folder.Unusable(e);
        }
        catch
        {
            folder.Dispose();
            throw;
        }
    }

    /// <summary>Whether the samples are shown after this step.</summary>
    public bool WantsSamples(TrainingProgress progress)
        => progress.Elapsed >= _nextSamples
            || (progress.EndsEpoch && (progress.Epoch % _options.EveryEpochs == 0 || progress.Step == progress.Steps));

    /// <summary>Adds a step, and writes the page when it is due.</summary>
    /// <param name="progress">The step, with its hints.</param>
    /// <param name="translations">The translations of the samples, if this step shows them.</param>
    public void Add(TrainingProgress progress, IReadOnlyList<PixelImage>? translations)
    {
        if (WantsSamples(progress))
            _nextSamples = progress.Elapsed + BetweenSamples;
        _progress = progress;
        if (_folder.Restore())
            WritePairs();
        foreach (var hint in progress.Hints)
            _hints.Add(hint);
        _history.Add(progress);
        if (translations is not null)
            Show(progress.Epoch, translations);
        if (translations is null && progress.Elapsed < _nextPage)
            return;
        _nextPage = progress.Elapsed + BetweenPages;
        WritePage(_fixed);
    }

    /// <summary>Adds a validation that does not belong to a step.</summary>
    public void Add(ValidationScores scores) => _history.Add(scores, _first);

    /// <summary>Writes the last page.</summary>
    /// <param name="status">How the training ended.</param>
    /// <param name="note">A note to show, such as the reason; null for none.</param>
    /// <param name="translations">The translations of the samples, if the last step did not show them.</param>
    public void End(ReportStatus status, string? note, IReadOnlyList<PixelImage>? translations)
    {
        if (_folder.Restore())
            WritePairs();
        if (translations is not null && _progress is not null)
            Show(_progress.Epoch, translations);
        WritePage(_fixed with { Status = status, Note = note });
    }

    public void Dispose()
    {
        _history.Dispose();
        _hints.Dispose();
        _folder.Dispose();
    }

    private void Show(int epoch, IReadOnlyList<PixelImage> translations)
    {
        _gallery.Add(epoch, translations);
        WriteSheet($"epoch-{epoch:0000}.png", translations);
    }

    private void WritePairs()
    {
        Directory.CreateDirectory(SamplesFolder);
        WriteSheet("input.png", [.. _shown.Select(pair => pair.Input)]);
        WriteSheet("target.png", [.. _shown.Select(pair => pair.Target)]);
    }

    private void WriteSheet(string name, IReadOnlyList<PixelImage> images)
    {
        if (images.Count > 0) // there are none if the training ended while they were read
            AtomicFile.Write(Path.Combine(SamplesFolder, name), file => PngFile.Write(ImageSheet.Draw([images]), file));
    }

    private void WritePage(ReportContent content)
    {
        var page = ReportPage.ToHtml(content with { Progress = _progress, Written = _time.GetUtcNow() });
        AtomicFile.Write(_folder.PathOf(PageName), file => file.Write(Encoding.UTF8.GetBytes(page)));
    }
}

/// <summary>Lists all options of a training, grouped by record.</summary>
internal static class OptionTables
{
    /// <summary>
    /// Returns the options of training, networks and inference, and those of validation and checkpoints, if they are used.
    /// </summary>
    public static IReadOnlyList<(string Name, IReadOnlyList<OptionRow> Options)> Of(Pix2PixTrainer trainer, TrainingRun run)
    {
        List<(string, IReadOnlyList<OptionRow>)> tables =
        [
            ("Training", OptionRow.Of(trainer.Options with { Seed = trainer.Options.SeedOrDefault }, TrainingOptions.Default)),
            ("Generator", OptionRow.Of(trainer.Generator.Options, GeneratorOptions.Default)),
            ("Discriminator", OptionRow.Of(trainer.DiscriminatorOptions, DiscriminatorOptions.Default.For(trainer.Generator.Options))),
            ("Inference", OptionRow.Of(run.Inference, InferenceOptions.Default)),
        ];
        if (run.ValidationSource is not null)
            tables.Add(("Validation", OptionRow.Of(run.Validation, ValidationOptions.Default)));
        if (run.Checkpoints is { } checkpoints)
            tables.Add(("Checkpoints", OptionRow.Of(checkpoints, new CheckpointOptions { Folder = "-" }))); // the folder has no default
        return tables;
    }
}

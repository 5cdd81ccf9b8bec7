using System.Text;
using Pix2Pix.Torch.Data;
using Pix2Pix.Torch.Networks;
using Pix2Pix.Torch.Training;
using static TorchSharp.torch;

namespace Pix2Pix.Torch.Reporting;

/// <summary>The folder that shows a training: told of each step, it writes its files when it is time.</summary>
internal sealed class TrainingReport : IDisposable
{
    private const string PageName = "report.html";
    private static readonly TimeSpan BetweenPages = TimeSpan.FromSeconds(30);

    private readonly ReportOptions _options;
    private readonly TimeProvider _time;
    private readonly History _history;
    private readonly long _first;
    private readonly Gallery _gallery;
    private readonly List<TrainingHint> _hints = [];
    private readonly ReportContent _fixed;
    private TrainingProgress? _progress;
    private TimeSpan _nextPage = BetweenPages;

    /// <summary>Makes the folder, or goes on with it, and writes the first page.</summary>
    /// <param name="options">The folder.</param>
    /// <param name="trainer">What is trained.</param>
    /// <param name="clock">How long it will take, and the step after which it goes on where it is resumed.</param>
    /// <param name="samples">The pairs to show.</param>
    /// <param name="time">What time it is.</param>
    public TrainingReport(
        ReportOptions options, Pix2PixTrainer trainer, TrainingClock clock, SampleSet samples, TimeProvider time)
    {
        _options = options;
        _time = time;
        _first = clock.FirstStep;
        Directory.CreateDirectory(SamplesFolder);
        var shown = samples.Shown;
        _gallery = new Gallery(shown);
        if (clock.FirstStep == 0)
            Array.ForEach(Directory.GetFiles(SamplesFolder, "epoch-*.png"), File.Delete);
        else if (File.Exists(PathOf(PageName)))
            _gallery.TakeFrom(File.ReadAllText(PathOf(PageName)), (int)(clock.FirstStep / clock.StepsOfEpoch));
        _history = new History(options.Folder, clock.StepsOfEpoch, clock.FirstStep);
        _fixed = new ReportContent
        {
            Title = string.IsNullOrWhiteSpace(options.Title) ? "pix2pix" : options.Title,
            Status = ReportStatus.Running,
            Written = default,
            Pairs = clock.Pairs,
            Training = trainer.Options,
            History = _history,
            Gallery = _gallery,
            Hints = _hints,
            Options =
            [
                ("Training", OptionRow.Of(trainer.Options, TrainingOptions.Default)),
                ("Generator", OptionRow.Of(trainer.Generator.Options, GeneratorOptions.Default)),
                ("Discriminator", OptionRow.Of(trainer.DiscriminatorOptions, DiscriminatorOptions.Default)),
            ],
            Environment =
            [
                new("Device", trainer.Device.ToString()),
                new("Threads of libtorch", $"{get_num_threads()}"),
                new("libtorch", TorchRuntime.Initialize().LibTorchFolder),
                .. RunEnvironment.Describe(),
            ],
        };
        WriteSheet("input.png", [.. shown.Select(pair => pair.Input)]);
        WriteSheet("target.png", [.. shown.Select(pair => pair.Target)]);
        WritePage(_fixed);
    }

    private string SamplesFolder => PathOf("samples");

    /// <summary>Whether the samples are looked at after this step.</summary>
    public bool WantsSamples(TrainingProgress progress)
        => progress.EndsEpoch && (progress.Epoch % _options.EveryEpochs == 0 || progress.Step == progress.Steps);

    /// <summary>Takes a step in, and writes the page when it is time.</summary>
    /// <param name="progress">The step, with its hints.</param>
    /// <param name="translations">Of the samples, where this step's epoch wants them.</param>
    public void Add(TrainingProgress progress, IReadOnlyList<PixelImage>? translations)
    {
        _progress = progress;
        _hints.AddRange(progress.Hints);
        _history.Add(progress);
        if (translations is not null)
            Show(progress.Epoch, translations);
        if (translations is null && progress.Elapsed < _nextPage)
            return;
        _nextPage = progress.Elapsed + BetweenPages;
        WritePage(_fixed);
    }

    /// <summary>Takes in a validation that comes with no step.</summary>
    public void Add(ValidationScores scores) => _history.Add(scores, _first);

    /// <summary>The last page.</summary>
    /// <param name="status">How the training ended.</param>
    /// <param name="note">Why, or what is kept.</param>
    /// <param name="translations">Of the samples, where the last step did not show them.</param>
    public void End(ReportStatus status, string? note, IReadOnlyList<PixelImage>? translations)
    {
        if (translations is not null && _progress is not null)
            Show(_progress.Epoch, translations);
        WritePage(_fixed with { Status = status, Note = note });
    }

    public void Dispose() => _history.Dispose();

    private void Show(int epoch, IReadOnlyList<PixelImage> translations)
    {
        _gallery.Add(epoch, translations);
        WriteSheet($"epoch-{epoch:0000}.png", translations);
    }

    private void WriteSheet(string name, IReadOnlyList<PixelImage> images)
    {
        if (images.Count > 0) // none where the training ended while they were read
            AtomicFile.Write(Path.Combine(SamplesFolder, name), file => PngFile.Write(ImageSheet.Draw([images]), file));
    }

    private void WritePage(ReportContent content)
    {
        var page = ReportPage.ToHtml(content with { Progress = _progress, Written = _time.GetUtcNow() });
        AtomicFile.Write(PathOf(PageName), file => file.Write(Encoding.UTF8.GetBytes(page)));
    }

    private string PathOf(string name) => Path.Combine(_options.Folder, name);
}

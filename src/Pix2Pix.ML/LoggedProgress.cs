using System.Globalization;
using Pix2Pix.Torch.Training;

namespace Pix2Pix.ML;

/// <summary>Passes progress on, and logs a line at the end of each epoch.</summary>
internal sealed class LoggedProgress : IProgress<TrainingProgress>
{
    private readonly Pix2PixLog _log;
    private readonly IProgress<TrainingProgress>? _next;
    private TrainingProgress? _last;

    public LoggedProgress(Pix2PixLog log, IProgress<TrainingProgress>? next)
    {
        _log = log;
        _next = next;
    }

    public void Report(TrainingProgress value)
    {
        if (_last is { } last && last.Epoch != value.Epoch)
            Log(last);
        else if (value.Step == value.Steps)
            Log(value);
        _last = value;
        _next?.Report(value);
    }

    private void Log(TrainingProgress p)
        => _log.Info(string.Create(
            CultureInfo.InvariantCulture,
            $"Epoch {p.Epoch} of {p.Epochs}: D {p.Losses.Discriminator:0.000}, G {p.Losses.Adversarial:0.000}, L1 {p.Losses.L1:0.0000}, " +
            $"{p.Elapsed:hh\\:mm\\:ss} done, {p.Remaining:hh\\:mm\\:ss} to go."));
}

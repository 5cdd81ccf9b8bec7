using System.Globalization;
using Pix2Pix.Torch.Training;

namespace Pix2Pix.ML;

/// <summary>Passes progress on, and logs a line at the end of each epoch.</summary>
internal sealed class LoggedProgress : IProgress<TrainingProgress>
{
    private readonly Pix2PixLog _log;
    private readonly IProgress<TrainingProgress>? _next;

    public LoggedProgress(Pix2PixLog log, IProgress<TrainingProgress>? next)
    {
        _log = log;
        _next = next;
    }

    public void Report(TrainingProgress value)
    {
        if (value.Step % (value.Steps / value.Epochs) == 0)
            Log(value);
        _next?.Report(value);
    }

    private void Log(TrainingProgress p)
        => _log.Info(string.Create(
            CultureInfo.InvariantCulture,
            $"Epoch {p.Epoch} of {p.Epochs}: D {p.Losses.Discriminator:0.000}, G {p.Losses.Adversarial:0.000}, L1 {p.Losses.L1:0.0000}, " +
            $"{Describe(p.Validation)}{Pix2PixLog.Time(p.Elapsed)} done, {Pix2PixLog.Time(p.Remaining)} to go."));

    private static string Describe(ValidationScores? validation)
    {
        if (validation is null)
            return string.Empty;
        var best = validation.IsBest ? " (best so far)" : string.Empty;
        return $"validation {Pix2PixLog.Scores(validation.Scores)}{best}, ";
    }
}

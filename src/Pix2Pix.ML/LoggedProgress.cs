using System.Globalization;
using Pix2Pix.Torch.Training;

namespace Pix2Pix.ML;

/// <summary>Passes progress on; logs a line at the end of each epoch and every minute within one, and a warning for each hint.</summary>
internal sealed class LoggedProgress : IProgress<TrainingProgress>
{
    private static readonly TimeSpan BetweenLines = TimeSpan.FromMinutes(1);

    private readonly Pix2PixLog _log;
    private readonly IProgress<TrainingProgress>? _next;
    private readonly EpochLosses _means = new();
    private TimeSpan? _nextLine;

    public LoggedProgress(Pix2PixLog log, IProgress<TrainingProgress>? next)
    {
        _log = log;
        _next = next;
    }

    public void Report(TrainingProgress value)
    {
        foreach (var hint in value.Hints)
            _log.Warning($"{hint.Kind}: {hint.Text}");
        var means = _means.After(value);
        _nextLine ??= value.Elapsed + BetweenLines;
        if (value.EndsEpoch || value.Elapsed >= _nextLine)
        {
            _log.Info(Line(value, means));
            _nextLine = value.Elapsed + BetweenLines;
        }

        _next?.Report(value);
    }

    // Means of the epoch so far. L1 in 0 to 1, as in scores and reports; the losses' is of values in [-1, 1].
    private static string Line(TrainingProgress p, StepLosses means)
    {
        var step = p.EndsEpoch ? string.Empty : $", step {p.Step} of {p.Steps}";
        return string.Create(
            CultureInfo.InvariantCulture,
            $"Epoch {p.Epoch} of {p.Epochs}{step}: D {means.Discriminator:0.000}, G {means.Adversarial:0.000}, L1 {means.L1 / 2:0.0000}, " +
            $"{Describe(p.Validation)}{Pix2PixLog.Time(p.Elapsed)} done, {Pix2PixLog.Time(p.Remaining)} to go, waited for pairs " +
            $"{p.DataShare:0 %} of the time.");
    }

    private static string Describe(ValidationScores? validation)
    {
        if (validation is null)
            return string.Empty;
        var best = validation.IsBest ? " (best so far)" : string.Empty;
        return $"validation {Pix2PixLog.Scores(validation.Scores)}{best}, ";
    }
}

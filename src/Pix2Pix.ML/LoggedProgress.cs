using System.Globalization;
using System.Runtime.ExceptionServices;
using Pix2Pix.Metrics;

namespace Pix2Pix.ML;

/// <summary>Forwards progress; logs a line at the end of each epoch and every minute within one, and a warning for each hint.</summary>
internal sealed class LoggedProgress : IProgress<TrainingProgress>
{
    private static readonly TimeSpan BetweenLines = TimeSpan.FromMinutes(1);

    private readonly Pix2PixLog _log;
    private readonly LossOptions _losses;
    private readonly IProgress<TrainingProgress>? _next;
    private readonly EpochLosses _means = new();
    private readonly CancellationToken _stop;
    private TimeSpan? _nextLine;
    private Exception? _deferred;

    /// <param name="log">Receives the lines.</param>
    /// <param name="losses">Determines which losses are on; the others are omitted.</param>
    /// <param name="next">Receives the progress as well.</param>
    /// <param name="stop">Stops training after the current step.</param>
    public LoggedProgress(Pix2PixLog log, LossOptions losses, IProgress<TrainingProgress>? next, CancellationToken stop = default)
    {
        _stop = stop;
        _log = log;
        _losses = losses;
        _next = next;
    }

    public void Report(TrainingProgress value)
    {
        if (_deferred is { } deferred)
        {
            _deferred = null;
            ExceptionDispatchInfo.Throw(deferred);
        }

        foreach (var hint in value.Hints)
            _log.Warning($"{hint.Kind}: {hint.Text}");
        var means = _means.After(value);
        _nextLine ??= value.Elapsed + BetweenLines;
        if (value.EndsEpoch || value.Elapsed >= _nextLine)
        {
            _log.Info(Line(value, means));
            _nextLine = value.Elapsed + BetweenLines;
        }

        try
        {
            _next?.Report(value);
        }
        catch (Exception e) when (value.EndsEpoch || _stop.IsCancellationRequested)
        {
            _deferred = e; // training may end here; if it continues, the next step throws the exception
        }
    }

    /// <summary>Called after training: logs an exception after the last step as a warning, because it must not discard the model.</summary>
    public void End()
    {
        if (_deferred is { } e)
            _log.Warning($"The exception that the Progress handler threw after the last step was ignored: {e.Message}");
    }

    // The means of the epoch so far.
    private string Line(TrainingProgress p, StepLosses means)
    {
        var step = p.EndsEpoch ? string.Empty : $", step {p.Step} of {p.Steps}";
        return string.Create(
            CultureInfo.InvariantCulture,
            $"Epoch {p.Epoch} of {p.Epochs}{step}: {Describe(means)}{Describe(p.Validation)}{Pix2PixLog.Time(p.Elapsed)} elapsed, " +
            $"{Pix2PixLog.Time(p.Remaining)} remaining, {p.DataShare:0%} waiting for data.");
    }

    // L1 and L2 in 0 to 1, as in scores and reports; the losses use values in [-1, 1].
    private string Describe(StepLosses losses) => string.Concat(LossTerm.All.Where(loss => loss.Weight(_losses) > 0).Select(loss =>
        string.Create(CultureInfo.InvariantCulture, $"{loss.Symbol} " +
            $"{(losses[loss] * loss.Scale).ToString(loss.Scale == 1 ? "0.000" : "0.0000", CultureInfo.InvariantCulture)}, ")));

    private static string Describe(ValidationScores? validation)
    {
        if (validation is null)
            return string.Empty;
        var best = validation.IsBest ? " (best so far)" : string.Empty;
        return $"validation {ScoreKind.Describe(validation.Scores)}{best}, ";
    }
}

/// <summary>The mean losses of an epoch, over its steps so far in this process; the losses of a single batch fluctuate.</summary>
internal sealed class EpochLosses
{
    private StepLosses _sum;
    private int _epoch;
    private int _steps;

    /// <summary>Adds a step.</summary>
    /// <returns>The means including the step.</returns>
    public StepLosses After(TrainingProgress progress)
    {
        if (progress.Epoch != _epoch)
            (_sum, _epoch, _steps) = (default, progress.Epoch, 0);
        _steps++;
        var sum = _sum;
        _sum = new StepLosses(loss => sum[loss] + progress.Losses[loss]);
        return new StepLosses(loss => _sum[loss] / _steps);
    }
}

/// <summary>Forwards checkpoint reports and logs a line for each.</summary>
internal sealed class LoggedCheckpoints : IProgress<CheckpointReport>
{
    private readonly Pix2PixLog _log;
    private readonly IProgress<CheckpointReport>? _next;

    public LoggedCheckpoints(Pix2PixLog log, IProgress<CheckpointReport>? next)
    {
        _log = log;
        _next = next;
    }

    public void Report(CheckpointReport value)
    {
        if (value.Event is CheckpointEvent.WriteFailed or CheckpointEvent.Damaged || value.Differences.Count > 0)
            _log.Warning($"{value}");
        else
            _log.Info($"{value}");
        try
        {
            _next?.Report(value);
        }
        catch (Exception e)
        {
            _log.Warning($"The exception that the CheckpointProgress handler threw was ignored: {e.Message}");
        }
    }
}

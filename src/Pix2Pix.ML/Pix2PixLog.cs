using System.Globalization;
using Microsoft.ML;
using Microsoft.ML.Runtime;
using Pix2Pix.Metrics;

namespace Pix2Pix.ML;

/// <summary>Writes lines to <c>mlContext.Log</c>, or nowhere without a context. Exceptions of log handlers are ignored.</summary>
internal sealed class Pix2PixLog : IDisposable
{
    private readonly IHost? _host;
    private readonly IChannel? _channel;

    /// <param name="mlContext">The context, or null.</param>
    /// <param name="task">The task, used as the channel's name.</param>
    public Pix2PixLog(MLContext? mlContext, string task)
    {
        _host = mlContext is null ? null : ((IHostEnvironment)mlContext).Register("Pix2Pix");
        _channel = _host?.Start(task);
    }

    /// <summary>Derives a seed from the context's, or returns null without one.</summary>
    public int? NextSeed() => _host?.Rand.Next();

    /// <summary>Formats hours, minutes and seconds; more than a day is formatted as more than 24 hours.</summary>
    public static string Time(TimeSpan time) => string.Create(CultureInfo.InvariantCulture, $"{(int)time.TotalHours:00}:{time:mm\\:ss}");

    /// <summary>Formats a number of bytes for display.</summary>
    public static string Size(long bytes)
    {
        var (unit, name) = bytes switch
        {
            >= 1L << 30 => (1L << 30, "GiB"),
            >= 1L << 20 => (1L << 20, "MiB"),
            _ => (1L << 10, "KiB"),
        };
        return string.Create(CultureInfo.InvariantCulture, $"{(double)bytes / unit:0.0} {name}");
    }

    public void Info(string message) => Send(() => _channel?.Info(MessageSensitivity.None, "{0}", message));

    public void Warning(string message) => Send(() => _channel?.Warning(MessageSensitivity.None, "{0}", message));

    /// <summary>Logs how training ended and which generator it returned.</summary>
    public void Summary(TrainingSummary summary, Pix2PixOptions options)
    {
        if (summary.EndReason == EndReason.Diverged)
        {
            Warning(
                $"Training diverged at step {summary.Steps}: a loss or a weight is no longer finite. The generator of the best " +
                "validation is used. Lower the learning rate, or use normalization in the discriminator.");
        }

        var early = summary.EndReason == EndReason.EarlyStopping ? "; stopped early because validation no longer improved" : string.Empty;
        Info(
            $"Trained {summary.Steps} of {summary.PlannedSteps} steps in {Time(summary.Elapsed)} " +
            $"({Time(summary.DataTime)} waiting for data){early}.");
        if (summary.Best is { } best)
        {
            var kept = options.Validation.KeepBest ? "Its generator is used" : "The generator of the last step is used";
            Info($"Best validation: epoch {best.Epoch}, {ScoreKind.Describe(best.Scores)}. {kept}.");
        }

        if (options.Inference.Statistics == NormStatistics.Auto)
            Info($"Statistics chosen for inference: {summary.Statistics}.");
    }

    public void Dispose() => Send(() => _channel?.Dispose());

    // An exception of the application's log handler must neither end training nor discard a trained model.
    private static void Send(Action send)
    {
        try
        {
            send();
        }
        catch (Exception)
        {
            // The exception cannot be reported anywhere.
        }
    }
}

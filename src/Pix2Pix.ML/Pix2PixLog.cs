using System.Globalization;
using Microsoft.ML;
using Microsoft.ML.Runtime;

namespace Pix2Pix.ML;

/// <summary>Lines for <c>mlContext.Log</c>. Without a context they go nowhere.</summary>
internal sealed class Pix2PixLog : IDisposable
{
    private readonly IHost? _host;
    private readonly IChannel? _channel;

    /// <param name="mlContext">The context, or null.</param>
    /// <param name="task">What is being done: the channel's name.</param>
    public Pix2PixLog(MLContext? mlContext, string task)
    {
        _host = mlContext is null ? null : ((IHostEnvironment)mlContext).Register("Pix2Pix");
        _channel = _host?.Start(task);
    }

    /// <summary>A seed from the context's, or null without one.</summary>
    public int? NextSeed() => _host?.Rand.Next();

    /// <summary>Hours, minutes and seconds; more than a day is more than 24 hours.</summary>
    public static string Time(TimeSpan time) => string.Create(CultureInfo.InvariantCulture, $"{(int)time.TotalHours:00}:{time:mm\\:ss}");

    /// <summary>A number of bytes for people.</summary>
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

    public void Info(string message) => _channel?.Info(MessageSensitivity.None, "{0}", message);

    public void Warning(string message) => _channel?.Warning(MessageSensitivity.None, "{0}", message);

    public void Dispose() => _channel?.Dispose();
}

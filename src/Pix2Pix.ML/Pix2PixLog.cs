using System.Globalization;
using Microsoft.ML;
using Microsoft.ML.Runtime;
using Pix2Pix.Torch.Evaluation;

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

    /// <summary>L1, PSNR and SSIM.</summary>
    public static string Scores(ImageScores scores)
        => string.Create(CultureInfo.InvariantCulture, $"L1 {scores.L1:0.0000}, PSNR {scores.Psnr:0.0}, SSIM {scores.Ssim:0.000}");

    public void Info(string message) => _channel?.Info(MessageSensitivity.None, "{0}", message);

    public void Warning(string message) => _channel?.Warning(MessageSensitivity.None, "{0}", message);

    public void Dispose() => _channel?.Dispose();
}

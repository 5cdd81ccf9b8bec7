using System.Globalization;
using IOPath = System.IO.Path;

namespace Pix2Pix;

/// <summary>What happened to a checkpoint. As text, it is a line for a log.</summary>
public sealed record CheckpointReport
{
    /// <summary>What happened.</summary>
    public required CheckpointEvent Event { get; init; }

    /// <summary>The checkpoint's file.</summary>
    public required string Path { get; init; }

    /// <summary>Steps done by the training that it holds, over all epochs; 0 where it is damaged.</summary>
    public long Step { get; init; }

    /// <summary>The file's size in bytes.</summary>
    public long Bytes { get; init; }

    /// <summary>How long it took to write, to read, or to fail.</summary>
    public TimeSpan Duration { get; init; }

    /// <summary>What differs from the training at hand, where <see cref="CheckpointOptions.AllowOtherOptions"/> let it pass.</summary>
    public IReadOnlyList<string> Differences { get; init; } = [];

    /// <summary>Why it could not be written, or what is damaged.</summary>
    public Exception? Error { get; init; }

    /// <summary>One line; one more for each difference.</summary>
    public override string ToString() => Event switch
    {
        CheckpointEvent.Written => $"Checkpoint written: {Name} ({Numbers}).",
        CheckpointEvent.WriteFailed => $"Checkpoint not written: {Error!.Message}",
        CheckpointEvent.Damaged => $"Checkpoint passed over: {Error!.Message}",
        _ => string.Join("\n  ", Differences.Prepend($"Resumed from {Path} ({Numbers}){(Differences.Count > 0 ? ":" : ".")}")),
    };

    private string Name => IOPath.GetFileName(Path);

    private string Numbers => string.Create(
        CultureInfo.InvariantCulture, $"step {Step}, {Bytes / 1e6:0.0} MB, {Duration.TotalMilliseconds:0} ms");
}

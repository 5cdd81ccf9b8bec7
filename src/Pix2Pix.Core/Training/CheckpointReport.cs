using System.Globalization;
using IOPath = System.IO.Path;

namespace Pix2Pix;

/// <summary>Describes a checkpoint event. Its text representation is suitable for a log.</summary>
public sealed record CheckpointReport
{
    /// <summary>The event.</summary>
    public required CheckpointEvent Event { get; init; }

    /// <summary>The checkpoint's file.</summary>
    public required string Path { get; init; }

    /// <summary>The number of steps at the time of the checkpoint, over all epochs; 0 if it is damaged.</summary>
    public long Step { get; init; }

    /// <summary>The file's size in bytes.</summary>
    public long Bytes { get; init; }

    /// <summary>The time that writing or reading took, or the time until it failed.</summary>
    public TimeSpan Duration { get; init; }

    /// <summary>
    /// The differences between the checkpoint and the current training run, each with both values. If there are any, the result may differ
    /// from that of an uninterrupted training run.
    /// </summary>
    public IReadOnlyList<string> Differences { get; init; } = [];

    /// <summary>Why the checkpoint could not be written, or what is damaged.</summary>
    public Exception? Error { get; init; }

    /// <summary>Returns one line, and one more for each difference.</summary>
    public override string ToString() => Event switch
    {
        CheckpointEvent.Written => $"Checkpoint written: {Name} ({Numbers}).",
        CheckpointEvent.WriteFailed => $"Checkpoint not written: {Error!.Message}",
        CheckpointEvent.Damaged => $"Checkpoint skipped: {Error!.Message}",
        _ when Differences.Count == 0 => $"Resumed from {Path} ({Numbers}).",
        _ => string.Join("\n  ", Differences.Prepend(
            $"Resumed from {Path} ({Numbers}). The result may differ from that of an uninterrupted training run, because these values " +
            "have changed:")),
    };

    private string Name => IOPath.GetFileName(Path);

    private string Numbers => string.Create(
        CultureInfo.InvariantCulture, $"step {Step}, {Bytes / 1e6:0.0} MB, {Duration.TotalMilliseconds:0} ms");
}

/// <summary>The events that a <see cref="CheckpointReport"/> describes.</summary>
public enum CheckpointEvent
{
    /// <summary>Training resumes from this checkpoint.</summary>
    Resumed,

    /// <summary>This checkpoint was written.</summary>
    Written,

    /// <summary>This checkpoint could not be written. Training continues; earlier checkpoints are unchanged.</summary>
    WriteFailed,

    /// <summary>This checkpoint is damaged; an older one is used.</summary>
    Damaged,
}

namespace Pix2Pix.Torch.Checkpoints;

/// <summary>The progress of a training between two steps.</summary>
internal sealed record TrainingPosition
{
    /// <summary>The position before the first step.</summary>
    public static TrainingPosition Start { get; } = new() { Epoch = 1 };

    /// <summary>The number of completed steps, over all epochs.</summary>
    public long Step { get; init; }

    /// <summary>The current epoch, starting at 1.</summary>
    public required int Epoch { get; init; }

    /// <summary>The number of completed batches in this epoch; equal to all batches if only the end-of-epoch work remains.</summary>
    public int Batch { get; init; }

    /// <summary>The number of pairs processed, over all epochs.</summary>
    public long PairsSeen { get; init; }

    /// <summary>The elapsed time.</summary>
    public TimeSpan Elapsed { get; init; }

    /// <summary>The part of the elapsed time that steps waited for their batches.</summary>
    public TimeSpan DataTime { get; init; }

    /// <summary>The part of the elapsed time spent in the steps themselves.</summary>
    public TimeSpan StepTime { get; init; }

    /// <summary>The position before the first batch of the next epoch.</summary>
    public TrainingPosition NextEpoch() => this with { Epoch = Epoch + 1, Batch = 0 };

    /// <summary>Whether there was no progress between the two positions.</summary>
    public bool IsSamePlace(TrainingPosition other) => (Step, Epoch, Batch) == (other.Step, other.Epoch, other.Batch);
}

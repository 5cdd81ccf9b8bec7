namespace Pix2Pix.Torch.Checkpoints;

/// <summary>How far a training is, between two steps.</summary>
internal sealed record TrainingPosition
{
    /// <summary>Before the first step.</summary>
    public static TrainingPosition Start { get; } = new() { Epoch = 1 };

    /// <summary>Steps done, over all epochs.</summary>
    public long Step { get; init; }

    /// <summary>The epoch at work, from 1.</summary>
    public required int Epoch { get; init; }

    /// <summary>Batches of this epoch that are done: all of them where only what follows an epoch's last step is left.</summary>
    public int Batch { get; init; }

    /// <summary>Pairs seen, over all epochs.</summary>
    public long PairsSeen { get; init; }

    /// <summary>The time that it took.</summary>
    public TimeSpan Elapsed { get; init; }

    /// <summary>Of this, the time that steps waited for their batches.</summary>
    public TimeSpan DataTime { get; init; }

    /// <summary>Of this, the time of the steps themselves.</summary>
    public TimeSpan StepTime { get; init; }

    /// <summary>Before the first batch of the next epoch.</summary>
    public TrainingPosition NextEpoch() => this with { Epoch = Epoch + 1, Batch = 0 };

    /// <summary>Whether nothing was learnt in between.</summary>
    public bool IsSamePlace(TrainingPosition other) => (Step, Epoch, Batch) == (other.Step, other.Epoch, other.Batch);
}

namespace Pix2Pix.Torch.Checkpoints;

/// <summary>How far a training is, between two steps.</summary>
/// <param name="Step">Steps done, over all epochs.</param>
/// <param name="Epoch">The epoch at work, from 1.</param>
/// <param name="Batch">Batches of this epoch that are done: all of them where only what follows an epoch's last step is left.</param>
/// <param name="PairsSeen">Pairs seen, over all epochs.</param>
/// <param name="Elapsed">The time that it took.</param>
internal sealed record TrainingPosition(long Step, int Epoch, int Batch, long PairsSeen, TimeSpan Elapsed)
{
    /// <summary>Before the first step.</summary>
    public static TrainingPosition Start { get; } = new(0, 1, 0, 0, TimeSpan.Zero);

    /// <summary>A step further.</summary>
    public TrainingPosition After(int pairs, TimeSpan elapsed) => new(Step + 1, Epoch, Batch + 1, PairsSeen + pairs, elapsed);

    /// <summary>Before the first batch of the next epoch.</summary>
    public TrainingPosition NextEpoch() => this with { Epoch = Epoch + 1, Batch = 0 };

    /// <summary>Whether nothing was learnt in between.</summary>
    public bool IsSamePlace(TrainingPosition other) => (Step, Epoch, Batch) == (other.Step, other.Epoch, other.Batch);
}

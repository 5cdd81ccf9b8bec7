namespace Pix2Pix;

/// <summary>Where a training stands after a step.</summary>
public sealed record TrainingProgress
{
    /// <summary>The epoch at work, from 1.</summary>
    public required int Epoch { get; init; }

    /// <summary>All epochs.</summary>
    public required int Epochs { get; init; }

    /// <summary>Steps done, over all epochs.</summary>
    public required long Step { get; init; }

    /// <summary>All steps of all epochs.</summary>
    public required long Steps { get; init; }

    /// <summary>Pairs seen, over all epochs.</summary>
    public required long PairsSeen { get; init; }

    /// <summary>The losses of this step's batch.</summary>
    public required StepLosses Losses { get; init; }

    /// <summary>The learning rate of this step.</summary>
    public required double LearningRate { get; init; }

    /// <summary>The time that the training took so far, with that before the checkpoint that it went on from.</summary>
    public required TimeSpan Elapsed { get; init; }

    /// <summary>
    /// How long steps waited for their batches, so far. Where it is a large part, reading, decoding or augmenting pairs is slower than
    /// learning from them.
    /// </summary>
    public required TimeSpan DataTime { get; init; }

    /// <summary>
    /// How long the steps themselves took, so far. What is left of the time went to reports and to what is done between steps. On CUDA
    /// most steps are but queued, and the one that waits for them holds their time.
    /// </summary>
    public required TimeSpan StepTime { get; init; }

    /// <summary>The part of <see cref="DataTime"/> in the sum of data time and step time, 0 to 1.</summary>
    public double DataShare => DataTime + StepTime > TimeSpan.Zero ? DataTime / (DataTime + StepTime) : 0;

    /// <summary>
    /// An estimate of the time left, from the mean time of a step since the training began or went on, with what lay between the steps.
    /// </summary>
    public required TimeSpan Remaining { get; init; }

    /// <summary>Whether this was the last step of its epoch.</summary>
    public bool EndsEpoch { get; init; }

    /// <summary>What is to be told for the first time with this step; mostly nothing.</summary>
    public IReadOnlyList<TrainingHint> Hints { get; init; } = [];

    /// <summary>The scores of the validation that followed this step; <see langword="null"/> where none did.</summary>
    public ValidationScores? Validation { get; init; }
}

namespace Pix2Pix;

/// <summary>The progress of training after a step.</summary>
public sealed record TrainingProgress
{
    /// <summary>The current epoch, from 1.</summary>
    public required int Epoch { get; init; }

    /// <summary>The number of all epochs.</summary>
    public required int Epochs { get; init; }

    /// <summary>The number of completed steps, over all epochs.</summary>
    public required long Step { get; init; }

    /// <summary>The number of all steps of all epochs.</summary>
    public required long Steps { get; init; }

    /// <summary>The number of pairs used, over all epochs.</summary>
    public required long PairsSeen { get; init; }

    /// <summary>The losses of this step's batch.</summary>
    public required StepLosses Losses { get; init; }

    /// <summary>The learning rate of this step.</summary>
    public required double LearningRate { get; init; }

    /// <summary>The duration of training so far, including the time before the checkpoint that it was resumed from.</summary>
    public required TimeSpan Elapsed { get; init; }

    /// <summary>
    /// The time that steps have waited for their batches so far. If it is a large part, reading, decoding or augmenting pairs is slower
    /// than training on them.
    /// </summary>
    public required TimeSpan DataTime { get; init; }

    /// <summary>
    /// The time that the steps themselves have taken so far. The rest was spent on reports and other work between steps. On CUDA most steps
    /// are only queued, and the time is attributed to the step that waits for them.
    /// </summary>
    public required TimeSpan StepTime { get; init; }

    /// <summary>The fraction of <see cref="DataTime"/> in the sum of data time and step time, 0 to 1.</summary>
    public double DataShare => DataTime + StepTime > TimeSpan.Zero ? DataTime / (DataTime + StepTime) : 0;

    /// <summary>
    /// The estimated remaining time, from the mean time per step since training began or was resumed, including the time between steps.
    /// </summary>
    public required TimeSpan Remaining { get; init; }

    /// <summary>Whether this was the last step of its epoch.</summary>
    public bool EndsEpoch { get; init; }

    /// <summary>The hints that were first raised at this step; usually empty.</summary>
    public IReadOnlyList<TrainingHint> Hints { get; init; } = [];

    /// <summary>The scores of the validation that followed this step; <see langword="null"/> if there was none.</summary>
    public ValidationScores? Validation { get; init; }
}

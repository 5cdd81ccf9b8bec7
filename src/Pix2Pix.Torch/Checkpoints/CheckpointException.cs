
namespace Pix2Pix.Torch.Checkpoints;

/// <summary>
/// The training is done, but its last checkpoint could not be written. The trainer holds what was learnt: it may be exported, and older
/// checkpoints are as they were.
/// </summary>
public sealed class CheckpointException : IOException
{
    /// <summary>Made by the trainer.</summary>
    internal CheckpointException(Exception error, TrainingSummary summary)
        : base($"The training is done and the trainer holds its networks, but the last checkpoint is not written. {error.Message}", error)
        => Summary = summary;

    /// <summary>What the training did.</summary>
    public TrainingSummary Summary { get; }
}

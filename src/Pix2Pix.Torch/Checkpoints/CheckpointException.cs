
namespace Pix2Pix.Torch.Checkpoints;

/// <summary>
/// Training is complete, but its last checkpoint could not be written. The trainer still has the trained weights, so they can be exported.
/// Earlier checkpoints are unchanged.
/// </summary>
public sealed class CheckpointException : IOException
{
    /// <summary>Created by the trainer.</summary>
    internal CheckpointException(Exception error, TrainingSummary summary)
        : base($"The training is done and the trainer holds its networks, but the last checkpoint is not written. {error.Message}", error)
        => Summary = summary;

    /// <summary>The summary of the completed training.</summary>
    public TrainingSummary Summary { get; }
}

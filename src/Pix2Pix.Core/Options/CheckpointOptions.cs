namespace Pix2Pix;

/// <summary>Where and how often training writes checkpoints to resume from, and how existing checkpoints are handled. Immutable.</summary>
/// <remarks>
/// A checkpoint is written after a given number of epochs or minutes, when training is stopped or canceled, and at its end. Writes are
/// atomic. A folder belongs to one training run, used by one process at a time.
/// </remarks>
public sealed record CheckpointOptions
{
    /// <summary>The folder of the checkpoints of this training run. It is created if it does not exist.</summary>
    public required string Folder { get; init => field = Guard.Path(Guard.NotNull(value), "the path of a folder for checkpoints"); }

    /// <summary>The number of epochs between two checkpoints.</summary>
    /// <value>The default is 1: after each epoch. 0 means never.</value>
    public int EveryEpochs { get; init => field = Guard.InRange(value, 0, 1_000_000); } = 1;

    /// <summary>The time between two checkpoints, also within epochs; checked after each step.</summary>
    /// <value>The default is <see langword="null"/>: by epochs only. Must be more than zero; some minutes are usual.</value>
    public TimeSpan? Every
    {
        get;
        init => field = value is null ? null : Guard.InRange(value.Value, TimeSpan.FromTicks(1), TimeSpan.MaxValue);
    }

    /// <summary>The number of newest checkpoints to keep; older ones are deleted. best.safetensors is not counted and is kept.</summary>
    /// <value>The default is 2, from 1 to 1000: if one is damaged, the previous one is available.</value>
    public int KeepLast { get; init => field = Guard.InRange(value, 1, 1000); } = 2;

    /// <summary>Whether to resume from the newest checkpoint in the folder.</summary>
    /// <value>The default is <see cref="ResumeMode.IfPresent"/>: running the same program again resumes training.</value>
    public ResumeMode Resume { get; init => field = Guard.Defined(value); } = ResumeMode.IfPresent;

    /// <summary>
    /// Whether to resume from a checkpoint although options that must match are different, such as the seed or the pairs, or although it
    /// has more epochs than <see cref="TrainingOptions.Epochs"/>.
    /// </summary>
    /// <value>The default is <see langword="false"/>: an error lists all such differences.</value>
    /// <remarks>
    /// Many options may change without it, such as the number of epochs, the learning rate and the loss weights; see
    /// docs/training-reliability.md. If the batches of an epoch differ from the checkpoint's, the current epoch starts again. Networks of
    /// other shapes are always an error. With other validation pairs or another metric, best.safetensors is replaced by the best generator
    /// according to these.
    /// </remarks>
    public bool AllowOtherOptions { get; init; }

    /// <summary>
    /// Whether to resume from the newest undamaged checkpoint if a newer one is damaged. The damaged file is kept under a name that ends in
    /// ".damaged".
    /// </summary>
    /// <value>The default is <see langword="false"/>: an error names the damaged checkpoint.</value>
    /// <remarks>A checkpoint with another version of the format does not count as damaged: <c>CheckpointException</c>.</remarks>
    public bool AllowOlder { get; init; }
}

/// <summary>How training handles checkpoints that are already in its folder.</summary>
public enum ResumeMode
{
    /// <summary>
    /// Starts from the beginning; checkpoints or best.safetensors in the folder are an error, so that none is overwritten.
    /// </summary>
    Never,

    /// <summary>
    /// Resumes from the newest checkpoint, or from best.safetensors if it is the only one; starts from the beginning if there is none.
    /// </summary>
    IfPresent,

    /// <summary>Resumes from the newest checkpoint; it is an error if there is none.</summary>
    Require,
}

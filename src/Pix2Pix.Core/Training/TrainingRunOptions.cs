namespace Pix2Pix;

/// <summary>
/// The options of a training run that do not change its networks or steps: how it is validated, where it writes checkpoints and a report,
/// and how it is observed and stopped. Immutable.
/// </summary>
public record TrainingRunOptions
{
    /// <summary>
    /// The validation options, which apply if there are validation pairs: how often and by which metric to validate, whether the best
    /// epoch's generator is kept, and whether training stops early.
    /// </summary>
    /// <value>The default is L1 after each epoch on at most 100 pairs; the best epoch's generator is kept.</value>
    public ValidationOptions Validation { get; init => field = Guard.NotNull(value); } = ValidationOptions.Default;

    /// <summary>How the trained generator translates, also in validations and in the samples of the report.</summary>
    /// <value>The default is per-image statistics without dropout.</value>
    public InferenceOptions Inference { get; init => field = Guard.NotNull(value); } = InferenceOptions.Default;

    /// <summary>Where and how often checkpoints are written, so that training can be resumed after a crash.</summary>
    /// <value>The default is <see langword="null"/>: no checkpoints.</value>
    /// <remarks>
    /// Each training run needs a folder of its own: a folder with checkpoints of other pairs, networks or seeds causes an exception that
    /// lists all differences. Other options may change when training resumes, such as the number of epochs, the learning rate and the loss
    /// weights; <see cref="CheckpointProgress"/> receives the differences. A folder that cannot be written to causes an exception before the
    /// first step. A checkpoint that cannot be written, for example because the disk is full, is reported, and training continues; only the
    /// last one causes an exception, after training, which <c>Fit</c> logs as a warning.
    /// </remarks>
    public CheckpointOptions? Checkpoints { get; init; }

    /// <summary>
    /// Receives a report, on the training thread, for each checkpoint that is written, not written, skipped or resumed from.
    /// </summary>
    /// <value>The default is <see langword="null"/>.</value>
    public IProgress<CheckpointReport>? CheckpointProgress { get; init; }

    /// <summary>A folder with a report that is updated during training: images, curves, options, hints.</summary>
    /// <value>The default is <see langword="null"/>: no report.</value>
    public ReportOptions? Report { get; init; }

    /// <summary>
    /// Receives the progress of each step, in order, on the training thread; return quickly. On a CPU, a step is reported immediately. On
    /// CUDA, losses are read and reported every fifth of a second, because reading them waits for the device.
    /// </summary>
    /// <value>The default is <see langword="null"/>.</value>
    public IProgress<TrainingProgress>? Progress { get; init; }

    /// <summary>
    /// Stops training after the current step, on CUDA after the queued steps, and keeps the weights trained so far. With
    /// <see cref="ValidationOptions.KeepBest"/> these are the weights of the best of the validated epochs. If the token is canceled
    /// beforehand, training ends without a step, with the contents of the checkpoint that it would resume from, if any.
    /// </summary>
    /// <value>The default is none.</value>
    public CancellationToken StopTraining { get; init; }

    /// <summary>
    /// Cancels training after the current step, on CUDA after the queued steps, with an <see cref="OperationCanceledException"/>. A
    /// checkpoint is written before, if there are <see cref="Checkpoints"/>.
    /// </summary>
    /// <value>The default is none.</value>
    public CancellationToken CancellationToken { get; init; }

    /// <summary>The time provider used to measure durations.</summary>
    /// <value>The default is <see cref="TimeProvider.System"/>.</value>
    public TimeProvider Clock { get; init => field = Guard.NotNull(value); } = TimeProvider.System;

    /// <summary>Returns the free bytes on the disk of a folder; null to ask the operating system.</summary>
    internal Func<string, long>? FreeBytes { get; init; }

    /// <summary>The longest time between two reads of the losses; null for the device's default.</summary>
    internal TimeSpan? BetweenReads { get; init; }
}

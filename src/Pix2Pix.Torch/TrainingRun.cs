using Pix2Pix.Reporting;
using Pix2Pix.Torch.Checkpoints;
using Pix2Pix.Torch.Data;

namespace Pix2Pix.Torch;

/// <summary>
/// The settings of a training run that are not part of the model: progress reporting, cancellation, validation and checkpoints. Immutable.
/// </summary>
public sealed record TrainingRun
{
    /// <summary>No progress reporting and no cancellation.</summary>
    public static TrainingRun Default { get; } = new();

    /// <summary>
    /// Receives the progress of each step, in order, on the training thread; handlers should return quickly. On a CPU, a step is reported
    /// immediately. On CUDA, losses are read and reported every fifth of a second, because reading them waits for the device.
    /// </summary>
    public IProgress<TrainingProgress>? Progress { get; init; }

    /// <summary>
    /// Stops the training after the current step, on CUDA after the queued steps, and keeps the weights trained so far. If the token is
    /// canceled beforehand, the trainer ends with the contents of the checkpoint that it would resume from.
    /// </summary>
    public CancellationToken Stop { get; init; }

    /// <summary>Stops the training in the same way, but with an <see cref="OperationCanceledException"/>.</summary>
    public CancellationToken Cancel { get; init; }

    /// <summary>The report, a folder that shows the training while it runs.</summary>
    /// <value>The default is <see langword="null"/>: no report.</value>
    public ReportOptions? Report { get; init; }

    /// <summary>
    /// The validation pairs, at the generator's size (see <see cref="ImagePairs.ForValidation"/>). They are read once, before training, and
    /// once more if checkpoints are written and the source has no <see cref="IPairSource.Fingerprint"/>.
    /// </summary>
    /// <value>The default is <see langword="null"/>: no validation.</value>
    public IPairSource? ValidationSet { get; init; }

    /// <summary>The validation options. They apply if there is a <see cref="ValidationSet"/>.</summary>
    /// <value>The default is to validate by L1 after each epoch and to keep the generator of the best epoch.</value>
    public ValidationOptions Validation { get; init => field = Guard.NotNull(value); } = ValidationOptions.Default;

    /// <summary>The inference options of the trained generator, of validations, and of the samples in the report.</summary>
    /// <value>The default is per-image statistics without dropout.</value>
    public InferenceOptions Inference { get; init => field = Guard.NotNull(value); } = InferenceOptions.Default;

    /// <summary>Where and how often checkpoints are written, so that the training can be resumed after a crash.</summary>
    /// <value>The default is <see langword="null"/>: no checkpoints.</value>
    /// <remarks>
    /// A checkpoint that cannot be written, for example because the disk is full, is reported, and the training continues; only the last
    /// checkpoint causes an exception. A folder that cannot be written to causes an exception before the first step.
    /// </remarks>
    public CheckpointOptions? Checkpoints { get; init; }

    /// <summary>
    /// Receives a report, on the training thread, for each checkpoint that is written, that could not be written, or that is resumed from.
    /// </summary>
    public IProgress<CheckpointReport>? CheckpointProgress { get; init; }

    /// <summary>The time provider used to measure durations.</summary>
    /// <value>The default is <see cref="TimeProvider.System"/>.</value>
    public TimeProvider Clock { get; init => field = Guard.NotNull(value); } = TimeProvider.System;

    /// <summary>Returns the free bytes on the disk of a folder; null to ask the operating system.</summary>
    internal Func<string, long>? FreeBytes { get; init; }

    /// <summary>The longest time between two reads of the losses; null for the device's default.</summary>
    internal TimeSpan? BetweenReads { get; init; }

    /// <summary>
    /// Checks, before any lengthy work, that the folders of the checkpoints and of the report can be written to, and that the checkpoint
    /// folder contains checkpoints or none, as <see cref="CheckpointOptions.Resume"/> requires. Creates missing folders.
    /// </summary>
    /// <exception cref="InvalidOperationException">
    /// The presence or absence of checkpoints contradicts the options. No folder is created in this case.
    /// </exception>
    /// <exception cref="IOException">A folder cannot be written to, or another training is writing to it.</exception>
    public void RequireFolders()
    {
        if (Checkpoints is not null)
        {
            CheckpointRestore.Candidates(Checkpoints);
            new CheckpointFolder(Checkpoints.Folder).Dispose();
        }

        if (Report is not null)
            new ReportFolder(Report.Folder).Dispose();
    }
}

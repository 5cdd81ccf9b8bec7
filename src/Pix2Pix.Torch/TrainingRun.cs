using Pix2Pix.Reporting;
using Pix2Pix.Torch.Checkpoints;
using Pix2Pix.Torch.Data;

namespace Pix2Pix.Torch;

/// <summary>What surrounds a training without being part of what is learnt: who watches, who may end it, what is kept. Immutable.</summary>
public sealed record TrainingRun
{
    /// <summary>Nobody watches, nobody ends it.</summary>
    public static TrainingRun Default { get; } = new();

    /// <summary>
    /// Called for each step, in order, on the training thread: return soon. On a CPU that is right after the step. On CUDA the losses of a
    /// fifth of a second are read at a time, and told of then: reading them waits for the device.
    /// </summary>
    public IProgress<TrainingProgress>? Progress { get; init; }

    /// <summary>
    /// Ends the training after the step at hand, on CUDA after those that are queued; what was learnt stays. Cancelled beforehand, the
    /// trainer ends with what the checkpoint holds that it would go on from.
    /// </summary>
    public CancellationToken Stop { get; init; }

    /// <summary>Ends the training likewise, with an <see cref="OperationCanceledException"/>.</summary>
    public CancellationToken Cancel { get; init; }

    /// <summary>A folder that shows the training while it goes on.</summary>
    /// <value>The default is <see langword="null"/>: none.</value>
    public ReportOptions? Report { get; init; }

    /// <summary>
    /// Pairs to validate with, of the generator's size (see <see cref="ImagePairs.ForValidation"/>); they are read once, before the
    /// training, and once more where checkpoints are kept and they have no <see cref="IPairSource.Fingerprint"/>.
    /// </summary>
    /// <value>The default is <see langword="null"/>: no validation.</value>
    public IPairSource? ValidationSet { get; init; }

    /// <summary>How the training is validated, where there is a <see cref="ValidationSet"/>.</summary>
    /// <value>The default is by L1 after each epoch; the best epoch's generator is kept.</value>
    public ValidationOptions Validation { get; init => field = Guard.NotNull(value); } = ValidationOptions.Default;

    /// <summary>How the generator will translate, is validated, and translates the samples of the report.</summary>
    /// <value>The default is per-image statistics without dropout.</value>
    public InferenceOptions Inference { get; init => field = Guard.NotNull(value); } = InferenceOptions.Default;

    /// <summary>Where and how often the training is kept, to go on after a crash.</summary>
    /// <value>The default is <see langword="null"/>: nothing is kept.</value>
    /// <remarks>
    /// A checkpoint that cannot be written, on a full disk say, is reported and the training goes on; only at its end it is an error. A
    /// folder that cannot take any is one before the first step.
    /// </remarks>
    public CheckpointOptions? Checkpoints { get; init; }

    /// <summary>Told of each checkpoint that is written, not written or resumed from, on the training thread.</summary>
    public IProgress<CheckpointReport>? CheckpointProgress { get; init; }

    /// <summary>Measures time.</summary>
    /// <value>The default is the system's.</value>
    public TimeProvider Clock { get; init => field = Guard.NotNull(value); } = TimeProvider.System;

    /// <summary>Says how many bytes the disk of a folder has room for; null for the system's answer.</summary>
    internal Func<string, long>? FreeBytes { get; init; }

    /// <summary>How long losses may stay unread while steps go on; null for what the device asks for.</summary>
    internal TimeSpan? BetweenReads { get; init; }

    /// <summary>
    /// Finds out, before anything that takes long is done, whether the folders of checkpoints and report can be written to, and whether the
    /// first holds checkpoints or none as <see cref="CheckpointOptions.Resume"/> says. They are made where they are missing.
    /// </summary>
    /// <exception cref="InvalidOperationException">There are checkpoints, or none, against the options; then no folder is made.</exception>
    /// <exception cref="IOException">One of them cannot be written to, or another training writes to it.</exception>
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

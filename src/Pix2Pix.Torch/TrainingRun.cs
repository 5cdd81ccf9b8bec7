using Pix2Pix.Reporting;
using Pix2Pix.Torch.Checkpoints;
using Pix2Pix.Torch.Data;

namespace Pix2Pix.Torch;

/// <summary>The options of a training run, with its validation pairs. Immutable.</summary>
public sealed record TrainingRun : TrainingRunOptions
{
    /// <summary>Creates a run with the default options: no validation, no progress reporting and no cancellation.</summary>
    public TrainingRun()
    {
    }

    /// <summary>Creates a run with the same options as another record.</summary>
    public TrainingRun(TrainingRunOptions options)
        : base(options)
    {
    }

    /// <summary>No validation, no progress reporting and no cancellation.</summary>
    public static TrainingRun Default { get; } = new();

    /// <summary>
    /// The validation pairs, at the generator's size (see <see cref="ImagePairs.ForValidation"/>).
    /// </summary>
    /// <value>The default is <see langword="null"/>: no validation.</value>
    public ImagePairs? ValidationSet { get => ValidationSource as ImagePairs; init => ValidationSource = value; }

    /// <summary>
    /// The <see cref="ValidationSet"/>, or another source of pairs. It is read once, before training, and once more if checkpoints are
    /// written and it has no <see cref="IPairSource.Fingerprint"/>.
    /// </summary>
    internal IPairSource? ValidationSource { get; init; }

    /// <summary>
    /// Checks, before any lengthy work, that the folders of the checkpoints and of the report can be written to, and that the checkpoint
    /// folder contains checkpoints or none, as <see cref="CheckpointOptions.Resume"/> requires. Creates missing folders.
    /// </summary>
    /// <exception cref="InvalidOperationException">
    /// The presence or absence of checkpoints contradicts the options. No folder is created in this case.
    /// </exception>
    /// <exception cref="IOException">A folder cannot be written to, or another training is writing to it.</exception>
    internal void RequireFolders()
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

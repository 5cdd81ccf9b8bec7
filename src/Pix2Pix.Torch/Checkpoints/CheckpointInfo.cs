namespace Pix2Pix.Torch.Checkpoints;

/// <summary>Describes a checkpoint.</summary>
/// <param name="Path">The checkpoint file.</param>
/// <param name="Step">The number of completed steps, over all epochs.</param>
/// <param name="Epoch">The current epoch, starting at 1.</param>
/// <param name="Seed">The training seed.</param>
public sealed record CheckpointInfo(string Path, long Step, int Epoch, int Seed)
{
    /// <summary>
    /// Finds the checkpoint that training with these options would resume from, or <see langword="null"/> if training would start from
    /// scratch.
    /// </summary>
    /// <exception cref="InvalidDataException">
    /// The checkpoint is damaged; with <see cref="CheckpointOptions.AllowOlder"/>, all checkpoints are damaged. The message explains the
    /// options.
    /// </exception>
    /// <exception cref="CheckpointVersionException">The checkpoint has a format version that this library does not read.</exception>
    /// <exception cref="IOException">The checkpoint cannot be read.</exception>
    public static CheckpointInfo? ToResume(CheckpointOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        var files = options.Resume == ResumeMode.Never ? [] : CheckpointFolder.Candidates(options.Folder);
        if (files.Length == 0)
            return null;
        using var checkpoint = CheckpointFinder.Open(files, options.AllowOlder, out _);
        var (document, position) = (checkpoint.Document, checkpoint.Document.Position);
        return new CheckpointInfo(checkpoint.Path, position.Step, position.Epoch, (int)document.Identity["Training"]!["Seed"]!);
    }
}

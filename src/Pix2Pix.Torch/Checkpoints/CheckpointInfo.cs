namespace Pix2Pix.Torch.Checkpoints;

/// <summary>What a checkpoint says of itself.</summary>
/// <param name="Path">The file.</param>
/// <param name="Step">Steps done, over all epochs.</param>
/// <param name="Epoch">The epoch at work, from 1.</param>
/// <param name="Seed">The seed of the training.</param>
public sealed record CheckpointInfo(string Path, long Step, int Epoch, int Seed)
{
    /// <summary>
    /// The checkpoint that a training with these options would go on from; <see langword="null"/> where it would begin anew.
    /// </summary>
    /// <exception cref="InvalidDataException">
    /// It is damaged; with <see cref="CheckpointOptions.AllowOlder"/>, all are. The message says what can be done.
    /// </exception>
    /// <exception cref="CheckpointVersionException">It is of a version of the format that this library does not read.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
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

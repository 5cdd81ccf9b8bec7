using IOPath = System.IO.Path;

namespace Pix2Pix.Torch.Checkpoints;

/// <summary>Describes a checkpoint.</summary>
/// <param name="Path">The checkpoint file.</param>
/// <param name="Step">The number of completed steps, over all epochs.</param>
/// <param name="Epoch">The current epoch, starting at 1.</param>
/// <param name="Seed">The training seed.</param>
internal sealed record CheckpointInfo(string Path, long Step, int Epoch, int Seed)
{
    /// <summary>
    /// Finds the checkpoint that training with these options would resume from, or <see langword="null"/> if training would start from
    /// scratch.
    /// </summary>
    /// <exception cref="CheckpointException">
    /// The checkpoint is damaged; with <see cref="CheckpointOptions.AllowOlder"/>, all checkpoints are damaged. The message explains the
    /// options. Or the checkpoint has a format version that this library does not read.
    /// </exception>
    /// <exception cref="IOException">The checkpoint cannot be read.</exception>
    public static CheckpointInfo? ToResume(CheckpointOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        var files = options.Resume == ResumeMode.Never ? [] : CheckpointFolder.Candidates(options.Folder);
        if (files.Length == 0)
            return null;
        using var checkpoint = CheckpointFinder.Open(files, options.AllowOlder, out _);
        var (path, position) = (checkpoint.Path, checkpoint.Document.Position);
        return TrainingIdentity.Seed(checkpoint.Document.Identity) is { } seed
            ? new CheckpointInfo(path, position.Step, position.Epoch, seed)
            : throw CheckpointException.Damaged(
                $"The checkpoint '{path}' cannot be read. Its identity has no Training.Seed that is a 32-bit integer.",
                innerException: null);
    }
}

/// <summary>Finds the checkpoint to resume from in a folder that may contain damaged checkpoints.</summary>
internal static class CheckpointFinder
{
    /// <summary>Opens the newest valid checkpoint; the caller disposes of it.</summary>
    /// <param name="files">At least one file, newest first.</param>
    /// <param name="allowOlder">Whether damaged checkpoints may be skipped.</param>
    /// <param name="damaged">The skipped checkpoints.</param>
    /// <exception cref="CheckpointException">
    /// All checkpoints are damaged, or some are and must not be skipped; the message names all of them. Or the newest valid checkpoint has
    /// another format version.
    /// </exception>
    public static Checkpoint Open(string[] files, bool allowOlder, out IReadOnlyList<(string File, InvalidDataException Error)> damaged)
    {
        var errors = new List<(string File, InvalidDataException Error)>();
        damaged = errors;
        foreach (var file in files)
        {
            Checkpoint checkpoint;
            try
            {
                checkpoint = Checkpoint.OpenVerified(file);
            }
            catch (InvalidDataException e)
            {
                errors.Add((file, e));
                continue;
            }

            if (errors.Count == 0 || allowOlder)
                return checkpoint;
            checkpoint.Dispose();
            throw Error(errors, $"Set CheckpointOptions.AllowOlder to resume from {IOPath.GetFileName(file)}.");
        }

        throw errors.Count == 1
            ? Error(errors, "There is no older checkpoint. Delete this file to start over.")
            : CheckpointException.Damaged($"All checkpoints are damaged:\n  {List(errors)}\nDelete them to start over.", errors[0].Error);
    }

    private static CheckpointException Error(List<(string File, InvalidDataException Error)> damaged, string advice)
        => damaged is [var (_, only)]
            ? CheckpointException.Damaged($"{only.Message} {advice}", only)
            : CheckpointException.Damaged($"The newest checkpoints are damaged:\n  {List(damaged)}\n{advice}", damaged[0].Error);

    private static string List(List<(string File, InvalidDataException Error)> damaged)
        => string.Join("\n  ", damaged.Select(d => d.Error.Message));
}

/// <summary>
/// A checkpoint to resume from is damaged or has another version of the format; or training is complete, but its last checkpoint could not
/// be written. Checkpoints are unchanged.
/// </summary>
public sealed class CheckpointException : Pix2PixException
{
    private CheckpointException(string message, Exception? innerException, TrainingSummary? summary)
        : base(message, innerException)
        => Summary = summary;

    /// <summary>
    /// The summary of the completed training if its last checkpoint could not be written; the trainer still has the trained weights, so
    /// they can be exported. Null if there is no checkpoint to resume from.
    /// </summary>
    public TrainingSummary? Summary { get; }

    internal static CheckpointException NotWritten(Exception error, TrainingSummary summary) => new(
        $"Training is complete and the trainer has the final weights, but the last checkpoint could not be written. {error.Message}",
        error,
        summary);

    internal static CheckpointException Damaged(string message, InvalidDataException? innerException)
        => new(message, innerException, summary: null);

    internal static CheckpointException OtherVersion(string path, int version) => new(
        $"The checkpoint '{path}' has format version {version}; expected version {CheckpointDocument.CurrentVersion}. Use the library " +
        "version that wrote it, or choose another folder to start over.",
        innerException: null,
        summary: null);
}

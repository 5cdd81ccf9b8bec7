using IOPath = System.IO.Path;

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

/// <summary>Finds the checkpoint to resume from in a folder that may contain damaged checkpoints.</summary>
internal static class CheckpointFinder
{
    /// <summary>Opens the newest valid checkpoint; the caller disposes of it.</summary>
    /// <param name="files">At least one file, newest first.</param>
    /// <param name="allowOlder">Whether damaged checkpoints may be skipped.</param>
    /// <param name="damaged">The skipped checkpoints.</param>
    /// <exception cref="InvalidDataException">
    /// All checkpoints are damaged, or some are and must not be skipped; the message names all of them.
    /// </exception>
    /// <exception cref="CheckpointVersionException">The newest valid checkpoint has another format version.</exception>
    public static Checkpoint Open(string[] files, bool allowOlder, out IReadOnlyList<(string File, InvalidDataException Error)> damaged)
    {
        var errors = new List<(string File, InvalidDataException Error)>();
        damaged = errors;
        foreach (var file in files)
        {
            Checkpoint checkpoint;
            try
            {
                checkpoint = Checkpoint.OpenWhole(file);
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
            ? Error(errors, "There is no older one: delete it to begin anew.")
            : new InvalidDataException($"No checkpoint is whole:\n  {List(errors)}\nDelete them to begin anew.", errors[0].Error);
    }

    private static InvalidDataException Error(List<(string File, InvalidDataException Error)> damaged, string advice)
        => damaged is [var (_, only)]
            ? new InvalidDataException($"{only.Message} {advice}", only)
            : new InvalidDataException($"The newest checkpoints are damaged:\n  {List(damaged)}\n{advice}", damaged[0].Error);

    private static string List(List<(string File, InvalidDataException Error)> damaged)
        => string.Join("\n  ", damaged.Select(d => d.Error.Message));
}

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

/// <summary>
/// A checkpoint has a format version that this library does not read. The checkpoint is not damaged: no option skips it, and its file is
/// left unchanged.
/// </summary>
public sealed class CheckpointVersionException : Exception
{
    /// <summary>Created when a checkpoint is opened.</summary>
    internal CheckpointVersionException(string path, int version)
        : base(
            $"The checkpoint '{path}' is of version {version} of the format; this library reads version " +
            $"{CheckpointDocument.CurrentVersion}. Use the version of the library that wrote it, or choose another folder to begin anew.")
        => (Path, Version) = (path, version);

    /// <summary>The checkpoint file.</summary>
    public string Path { get; }

    /// <summary>The format version of the file.</summary>
    public int Version { get; }
}

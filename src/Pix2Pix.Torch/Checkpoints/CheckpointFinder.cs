using IOPath = System.IO.Path;

namespace Pix2Pix.Torch.Checkpoints;

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

using System.Text.RegularExpressions;

namespace Pix2Pix.Torch.Checkpoints;

/// <summary>
/// The checkpoint folder of a training, open for writing by a single process. Files appear in it atomically.
/// </summary>
internal sealed partial class CheckpointFolder : IDisposable
{
    /// <summary>The best checkpoint by validation. It is as complete as the others and is never deleted here.</summary>
    public const string BestName = "best.safetensors";

    /// <summary>
    /// An empty file; the process that holds it open may write. The system releases it however the process ends, so a leftover file does no
    /// harm.
    /// </summary>
    private const string LockName = "checkpoints.lock";

    private readonly string _folder;
    private readonly FileStream _lock;
    private readonly Func<string, long> _freeBytes;

    /// <summary>Creates the folder if it does not exist, and deletes the temporary files of processes that were killed.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="freeBytes">The free disk space of a folder; by default, the value reported by the system.</param>
    /// <exception cref="IOException">The folder cannot be written to, or another training writes to it.</exception>
    public CheckpointFolder(string folder, Func<string, long>? freeBytes = null)
    {
        _freeBytes = freeBytes ?? FreeBytes;
        _folder = Path.GetFullPath(folder);
        try
        {
            Directory.CreateDirectory(_folder);
            _lock = new FileStream(Path.Combine(_folder, LockName), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new IOException(
                $"The folder '{_folder}' cannot be used for checkpoints: {e.Message} Choose another folder; each training run needs its " +
                "own.", e);
        }

        foreach (var file in Directory.EnumerateFiles(_folder).Where(f => TemporaryName().IsMatch(Path.GetFileName(f))))
            Delete(file);
    }

    /// <summary>All checkpoints that training can resume from: newest first, followed by the best one.</summary>
    public static string[] Candidates(string folder)
    {
        var best = Path.Combine(Path.GetFullPath(folder), BestName);
        return File.Exists(best) ? [.. NewestFirst(folder), best] : NewestFirst(folder);
    }

    /// <summary>The numbered checkpoints in a folder, newest first; none if the folder does not exist.</summary>
    public static string[] NewestFirst(string folder) => !Directory.Exists(folder)
        ? []
        : [.. Directory.EnumerateFiles(Path.GetFullPath(folder))
            .Select(path => (Path: path, Match: Name().Match(Path.GetFileName(path))))
            .Where(file => file.Match.Success)
            .OrderByDescending(file => long.Parse(file.Match.Groups[1].ValueSpan))
            .Select(file => file.Path)];

    /// <summary>The checkpoint file for the given number of steps.</summary>
    public string PathOf(long step) => Path.Combine(_folder, $"checkpoint-{step:D9}.safetensors");

    /// <summary>The file of the best checkpoint.</summary>
    public string BestPath => Path.Combine(_folder, BestName);

    /// <summary>Writes to a temporary file in this folder, flushes it to disk, and renames it.</summary>
    /// <exception cref="IOException">The file cannot be written; any earlier file is unchanged.</exception>
    public void Write(string path, long length, Action<Stream> write)
    {
        var temporary = Path.Combine(_folder, $"checkpoint-{Guid.NewGuid():N}.tmp");
        try
        {
            var options = new FileStreamOptions
            {
                Mode = FileMode.CreateNew,
                Access = FileAccess.Write,
                BufferSize = 0,
                PreallocationSize = length, // a full disk fails before the first byte
            };
            using (var stream = new FileStream(temporary, options))
            {
                write(stream);
                stream.Flush(flushToDisk: true);
            }

            File.Move(temporary, path, overwrite: true);
            FlushName(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            Delete(temporary);
            throw new IOException($"'{path}' cannot be written: {e.Message}", e);
        }
        catch
        {
            Delete(temporary);
            throw;
        }
    }

    /// <summary>
    /// Deletes all but the given number of newest checkpoints. A checkpoint that cannot be deleted is left for the next rotation.
    /// </summary>
    public void Rotate(int keepLast)
    {
        foreach (var file in NewestFirst(_folder).Skip(keepLast))
            Delete(file);
    }

    /// <summary>
    /// Throws if the disk does not have the given number of bytes free. If the system does not report free space, the check passes.
    /// </summary>
    /// <exception cref="IOException">There is not enough disk space.</exception>
    public void RequireFreeSpace(long bytes)
    {
        var free = _freeBytes(_folder);
        if (free < bytes)
        {
            throw new IOException(
                $"The folder '{_folder}' has {free / 1e6:0} MB of free space; the checkpoints of this training run require another " +
                $"{bytes / 1e6:0} MB. Free up disk space, or lower CheckpointOptions.KeepLast.");
        }
    }

    public void Dispose() => _lock.Dispose();

    private static long FreeBytes(string folder)
    {
        try
        {
            return new DriveInfo(OperatingSystem.IsWindows() ? Path.GetPathRoot(folder)! : folder).AvailableFreeSpace;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            return long.MaxValue;
        }
    }

    // .NET cannot open a folder to flush it. Journaling file systems such as ext4 and XFS write a file's new name together with the file if
    // it is flushed after the rename. Windows has no such call for names.
    private static void FlushName(string path)
    {
        if (OperatingSystem.IsWindows())
            return;
        using var file = File.OpenHandle(path, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite | FileShare.Delete);
        RandomAccess.FlushToDisk(file);
    }

    // Files that cannot be deleted now are deleted by the next rotation or at the next start.
    private static void Delete(string file)
    {
        try
        {
            File.Delete(file);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
        }
    }

    [GeneratedRegex(@"^checkpoint-([0-9]{9,18})\.safetensors$")]
    private static partial Regex Name();

    [GeneratedRegex(@"^checkpoint-[0-9a-f]{32}\.tmp$")]
    private static partial Regex TemporaryName();
}

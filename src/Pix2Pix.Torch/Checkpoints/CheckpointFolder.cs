using System.Text.RegularExpressions;

namespace Pix2Pix.Torch.Checkpoints;

/// <summary>
/// The folder of one training's checkpoints, open for writing by one process. Files appear in it whole or not at all.
/// </summary>
internal sealed partial class CheckpointFolder : IDisposable
{
    /// <summary>The best checkpoint by validation, as whole a one as the others; it is never deleted here.</summary>
    public const string BestName = "best.safetensors";

    /// <summary>Empty; who holds it open writes. The system releases it however a process ends, so that it may stay behind.</summary>
    private const string LockName = "checkpoints.lock";

    private readonly string _folder;
    private readonly FileStream _lock;
    private readonly Func<string, long> _freeBytes;

    /// <summary>Makes the folder where it is missing, and deletes what killed writers left behind.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="freeBytes">The room that a folder's disk has; the default asks the system.</param>
    /// <exception cref="IOException">It cannot be written to, or another training writes to it.</exception>
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
                $"The folder '{_folder}' cannot take checkpoints: {e.Message} Name another folder; each training needs one of its own.", e);
        }

        foreach (var file in Directory.EnumerateFiles(_folder).Where(f => TemporaryName().IsMatch(Path.GetFileName(f))))
            Delete(file);
    }

    /// <summary>All that a training can go on from: the newest first, and behind all others the best one.</summary>
    public static string[] Candidates(string folder)
    {
        var best = Path.Combine(Path.GetFullPath(folder), BestName);
        return File.Exists(best) ? [.. NewestFirst(folder), best] : NewestFirst(folder);
    }

    /// <summary>The numbered checkpoints in a folder, the newest first; none where there is no such folder.</summary>
    public static string[] NewestFirst(string folder) => !Directory.Exists(folder)
        ? []
        : [.. Directory.EnumerateFiles(Path.GetFullPath(folder))
            .Select(path => (Path: path, Match: Name().Match(Path.GetFileName(path))))
            .Where(file => file.Match.Success)
            .OrderByDescending(file => long.Parse(file.Match.Groups[1].ValueSpan))
            .Select(file => file.Path)];

    /// <summary>The file of the checkpoint after so many steps.</summary>
    public string PathOf(long step) => Path.Combine(_folder, $"checkpoint-{step:D9}.safetensors");

    /// <summary>The file of the best checkpoint.</summary>
    public string BestPath => Path.Combine(_folder, BestName);

    /// <summary>Writes to a temporary file in this folder, waits until it is on disk, and renames it.</summary>
    /// <exception cref="IOException">It cannot be written; what was there before still is.</exception>
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
                PreallocationSize = length, // a disk without room for it says so before the first byte
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

    /// <summary>Deletes all checkpoints but the newest so many. One that cannot be deleted is left to the next time.</summary>
    public void Rotate(int keepLast)
    {
        foreach (var file in NewestFirst(_folder).Skip(keepLast))
            Delete(file);
    }

    /// <summary>Refuses where the disk has no room for so many bytes more. Where the system does not say, all is well.</summary>
    /// <exception cref="IOException">There is too little room.</exception>
    public void RequireRoom(long bytes)
    {
        var free = _freeBytes(_folder);
        if (free < bytes)
        {
            throw new IOException(
                $"The folder '{_folder}' has room for {free / 1e6:0} MB; checkpoints of this training need {bytes / 1e6:0} MB more. " +
                "Make room, or lower KeepLast.");
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

    // .NET opens no folder to flush it. Journaling file systems such as ext4 and XFS write a file's new name with the file, where it is
    // flushed after it was renamed. Windows has no such call for names.
    private static void FlushName(string path)
    {
        if (OperatingSystem.IsWindows())
            return;
        using var file = File.OpenHandle(path, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite | FileShare.Delete);
        RandomAccess.FlushToDisk(file);
    }

    // What stays behind is deleted by the next rotation or at the next start.
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

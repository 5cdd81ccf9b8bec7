using System.Formats.Tar;

namespace Pix2Pix;

/// <summary>
/// Reads regular files only. Opening a pipe would block until a process writes to it, and a device such as /dev/zero never ends.
/// </summary>
internal static class RegularFile
{
    /// <summary>Opens a file for sequential reading; links are followed.</summary>
    /// <param name="path">The file.</param>
    /// <param name="maxLength">The maximum length in bytes.</param>
    /// <exception cref="FileNotFoundException">The file does not exist.</exception>
    /// <exception cref="IOException">
    /// The path refers to a pipe, device or socket, the file is longer than the maximum, or it cannot be read.
    /// </exception>
    /// <exception cref="UnauthorizedAccessException">Access to the file is denied, or the path is a folder.</exception>
    public static FileStream OpenRead(string path, long maxLength = long.MaxValue)
    {
        Check(path);
        var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete);
        if (stream.Length <= maxLength)
            return stream;
        using (stream)
            throw new IOException($"'{path}' has {stream.Length:#,0} bytes; expected at most {maxLength:#,0}.");
    }

    /// <exception cref="IOException">The path refers to a pipe, device or socket.</exception>
    public static void Check(string path)
    {
        if (Problem(path) is { } problem)
            throw new IOException($"'{path}' {problem}.");
    }

    /// <summary>Determines without opening a file whether it is a pipe, device or socket.</summary>
    /// <returns>A predicate, as in "is a named pipe; expected a regular file"; null for other files, folders and missing files.</returns>
    /// <exception cref="IOException">The links form a cycle.</exception>
    public static string? Problem(string path)
    {
        var file = new FileInfo(path);
        if (file.LinkTarget is not null)
            file = (FileInfo)file.ResolveLinkTarget(returnFinalTarget: true)!;
        var kind = file.Exists
            ? file.Length > 0 ? null : Kind(file.FullName) // only regular files have a length
            : file.Name.StartsWith("pipe:[", StringComparison.Ordinal) ? "pipe" // proc(5), such as the target of /dev/stdin
            : file.Name.StartsWith("socket:[", StringComparison.Ordinal) ? "socket"
            : null;
        return kind is null ? null : $"is a {kind}; expected a regular file";
    }

    // Of the base library, only the TAR writer tells which kind a file has. It writes the name and kind of an empty file.
    private static string? Kind(string path)
    {
        using var archive = new MemoryStream();
        try
        {
            using (var writer = new TarWriter(archive, leaveOpen: true))
                writer.WriteEntry(path, "file");
        }
        catch (IOException) when (File.Exists(path))
        {
            return "socket"; // TAR has no entries for sockets
        }

        archive.Position = 0;
        using var reader = new TarReader(archive);
        return reader.GetNextEntry()?.EntryType switch
        {
            TarEntryType.Fifo => "named pipe",
            TarEntryType.CharacterDevice or TarEntryType.BlockDevice => "device",
            _ => null,
        };
    }
}

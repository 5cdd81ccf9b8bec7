namespace Pix2Pix;

/// <summary>Writes files atomically: a file is either complete or not written at all.</summary>
internal static class AtomicFile
{
    /// <summary>Writes a temporary file in the same folder, then renames it. If writing fails, an existing file is not changed.</summary>
    /// <exception cref="IOException">The folder does not exist or is not writable. The message contains the path of the file.</exception>
    public static void Write(string path, Action<Stream> write)
    {
        var (full, folder) = Check(path);

        // An independent name: appending to a long file name could exceed the maximum length.
        var temporary = Path.Combine(folder, $"{Guid.NewGuid():N}.tmp");
        try
        {
            using (var stream = File.Create(temporary))
                write(stream);
            File.Move(temporary, full, overwrite: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            File.Delete(temporary);
            throw new IOException($"'{full}' cannot be written: {e.Message}", e);
        }
        catch
        {
            File.Delete(temporary);
            throw;
        }
    }

    /// <summary>Checks a path before writing.</summary>
    /// <exception cref="IOException">The folder does not exist, or the path is a folder.</exception>
    public static (string Full, string Folder) Check(string path)
    {
        var full = Path.GetFullPath(path);
        var folder = Path.GetDirectoryName(full);
        if (folder is null || Directory.Exists(full))
            throw new IOException($"'{full}' is a folder; expected the path of a file.");
        if (!Directory.Exists(folder))
            throw new DirectoryNotFoundException($"'{Path.GetFileName(full)}' cannot be written: the folder '{folder}' does not exist. " +
                "Create it first.");
        return (full, folder);
    }
}

namespace Pix2Pix;

/// <summary>Files that are there whole or not at all.</summary>
internal static class AtomicFile
{
    /// <summary>Writes a temporary file beside the path, then renames it. A failure leaves what was there before.</summary>
    /// <exception cref="IOException">There is no such folder, or it cannot be written to; the message names the file.</exception>
    public static void Write(string path, Action<Stream> write)
    {
        var (full, folder) = Check(path);

        // A name of its own: behind a long one there may be no room for more.
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

    /// <summary>Finds out beforehand what can be known of a path.</summary>
    /// <exception cref="IOException">There is no such folder, or the path is a folder.</exception>
    public static (string Full, string Folder) Check(string path)
    {
        var full = Path.GetFullPath(path);
        var folder = Path.GetDirectoryName(full);
        if (folder is null || Directory.Exists(full))
            throw new IOException($"'{full}' is a folder; expected the path of a file.");
        if (!Directory.Exists(folder))
            throw new DirectoryNotFoundException($"There is no folder '{folder}' to write '{Path.GetFileName(full)}' into. Make it first.");
        return (full, folder);
    }
}

namespace Pix2Pix.Torch;

/// <summary>Files that are there whole or not at all.</summary>
internal static class AtomicFile
{
    /// <summary>Writes a temporary file beside the path, then renames it. A failure leaves what was there before.</summary>
    public static void Write(string path, Action<Stream> write)
    {
        var temporary = $"{path}.part";
        try
        {
            using (var stream = File.Create(temporary))
                write(stream);
            File.Move(temporary, path, overwrite: true);
        }
        catch
        {
            File.Delete(temporary);
            throw;
        }
    }
}

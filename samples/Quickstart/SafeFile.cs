namespace Quickstart;

/// <summary>Writes files whole or not at all: first under a name of their own (*.part.*), then renamed.</summary>
internal static class SafeFile
{
    private static readonly Lock Gate = new();
    private static readonly HashSet<string> Unfinished = [];
    private static bool Closed;

    /// <summary>Lets <paramref name="write"/> write a file that then becomes <paramref name="file"/>; folders are made.</summary>
    public static void Write(string file, Action<string> write)
    {
        string folder = Path.GetDirectoryName(Path.GetFullPath(file))!;
        Directory.CreateDirectory(folder);

        // The ending stays: some writers choose the format by it.
        string part = Path.Combine(folder, $"{Path.GetFileNameWithoutExtension(file)}.part{Path.GetExtension(file)}");
        lock (Gate)
        {
            if (Closed)
                return;

            Unfinished.Add(part);
        }

        try
        {
            write(part);
            File.Move(part, file, overwrite: true);
        }
        finally
        {
            File.Delete(part);
            lock (Gate)
                Unfinished.Remove(part);
        }
    }

    /// <summary>Writes a text file in UTF-8.</summary>
    public static void WriteText(string file, string text) => Write(file, part => File.WriteAllText(part, text));

    /// <summary>Makes a folder and tries to write to it; says why that cannot be, or nothing.</summary>
    public static string? WhyNotIn(string folder)
    {
        try
        {
            Directory.CreateDirectory(folder);
            string probe = Path.Combine(folder, $"{Guid.NewGuid():N}.part");
            File.WriteAllBytes(probe, []);
            File.Delete(probe);
            return null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return e.Message;
        }
    }

    /// <summary>Deletes what is not finished, and writes nothing more: the program ends at once.</summary>
    public static void Abandon()
    {
        lock (Gate)
        {
            Closed = true;
            foreach (string part in Unfinished)
                File.Delete(part);
        }
    }
}

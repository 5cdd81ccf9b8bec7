namespace Pix2Pix;

/// <summary>Checks files before they are opened: opening a pipe could block forever, and a device may have no end.</summary>
internal static class InputFile
{
    /// <summary>Returns the length of a file or of the target of a link; 0 for pipes and devices.</summary>
    /// <param name="path">The path of the file.</param>
    /// <param name="expected">What the file should be, for the error.</param>
    /// <exception cref="FileNotFoundException">The file does not exist.</exception>
    public static long Length(string path, string expected)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        try
        {
            if (File.Exists(path))
                return new FileInfo(RealPath.Of(Path.GetFullPath(path))).Length;
        }
        catch (IOException e)
        {
            throw new FileNotFoundException($"The file '{path}' does not exist (its link leads nowhere); expected {expected}.", path, e);
        }

        var folder = Directory.Exists(path) ? " (this is a folder)" : string.Empty;
        throw new FileNotFoundException($"The file '{path}' does not exist{folder}; expected {expected}.", path);
    }
}

namespace Pix2Pix.ML.Data;

/// <summary>Paths without links.</summary>
internal static class RealPath
{
    /// <summary>Whether two paths lead to one file or folder.</summary>
    public static bool Same(string one, string other) => Path.GetRelativePath(Of(Path.GetFullPath(one)), Of(Path.GetFullPath(other))) == ".";

    /// <summary>The full path of what a full path leads to.</summary>
    /// <exception cref="IOException">Its links lead in a circle.</exception>
    public static string Of(string path)
    {
        if (Path.GetDirectoryName(path) is not { } parent)
            return path;
        FileSystemInfo entry = Directory.Exists(path) ? new DirectoryInfo(path) : new FileInfo(path);
        return entry.Exists && entry.ResolveLinkTarget(returnFinalTarget: true) is { } target
            ? Of(target.FullName)
            : Path.Combine(Of(parent), Path.GetFileName(path));
    }
}

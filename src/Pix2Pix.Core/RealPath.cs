namespace Pix2Pix;

/// <summary>Resolves links in paths.</summary>
internal static class RealPath
{
    /// <summary>Whether two paths refer to the same file or folder.</summary>
    public static bool Same(string one, string other) => Path.GetRelativePath(Of(Path.GetFullPath(one)), Of(Path.GetFullPath(other))) == ".";

    /// <summary>The full path of the target of a full path.</summary>
    /// <exception cref="IOException">The links form a cycle.</exception>
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

namespace Consumer.Tests;

/// <summary>The repository that contains the tests, and its documents.</summary>
internal static class Repository
{
    private static readonly string[] BuildFolders = ["bin", "obj", "out"];

    /// <summary>The folder of Pix2Pix.sln.</summary>
    public static string Root { get; } = FindRoot();

    /// <summary>The files of a folder and those below it, relative to <see cref="Root"/>, without those of a build.</summary>
    public static IEnumerable<string> Files(string folder, string pattern)
        => Directory.EnumerateFiles(Path.Combine(Root, folder), pattern, SearchOption.AllDirectories)
            .Select(path => Path.GetRelativePath(Root, path))
            .Where(path => !path.Split(Path.DirectorySeparatorChar).Intersect(BuildFolders).Any())
            .Order(StringComparer.Ordinal);

    private static string FindRoot()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "Pix2Pix.sln")))
                return folder.FullName;
        }

        throw new DirectoryNotFoundException($"No folder above '{AppContext.BaseDirectory}' holds Pix2Pix.sln.");
    }
}

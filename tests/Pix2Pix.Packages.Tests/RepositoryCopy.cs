namespace Pix2Pix.Packages.Tests;

/// <summary>
/// A copy of the package sources in a separate git repository: packing it does not affect builds of this one, and it has a remote address,
/// which SourceLink needs. Copies of the same files have the same commit.
/// </summary>
internal static class RepositoryCopy
{
    public const string Address = "https://github.com/example/pix2pix.git";

    private static readonly string[] Folders = ["src", "nuget"];
    private static readonly string[] Files =
        [".editorconfig", ".gitattributes", ".gitignore", "Directory.Build.props", "Directory.Packages.props", "LICENSE", "global.json"];

    /// <summary>Creates the copy in an empty folder.</summary>
    /// <returns>The commit of the copy.</returns>
    public static async Task<string> Create(string folder)
    {
        foreach (var path in Files.Concat(Folders.SelectMany(FilesIn)))
        {
            var to = Path.Combine(folder, path);
            Directory.CreateDirectory(Path.GetDirectoryName(to)!);
            File.Copy(Path.Combine(Paths.Repository, path), to);
        }

        await Git(folder, "init", "--quiet");
        await Git(folder, "remote", "add", "origin", Address);
        await Git(folder, "add", "--all");
        string[] author = ["-c", "user.name=Test", "-c", "user.email=test@example.com", "-c", "commit.gpgsign=false"];
        await Git(folder, [.. author, "commit", "--quiet", "--no-verify", "--message=Copy", "--date=2026-01-01T00:00:00Z"]);
        return (await Git(folder, "rev-parse", "HEAD")).Trim();
    }

    private static Task<string> Git(string folder, params string[] arguments)
        => Command.Run(folder, "git", arguments);

    private static IEnumerable<string> FilesIn(string folder)
        => Directory.EnumerateFiles(Path.Combine(Paths.Repository, folder), "*", SearchOption.AllDirectories)
            .Select(path => Path.GetRelativePath(Paths.Repository, path))
            .Where(path => !path.Split('/', '\\').Any(part => part is "bin" or "obj"));
}

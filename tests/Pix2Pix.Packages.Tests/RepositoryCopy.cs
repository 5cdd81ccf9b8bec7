namespace Pix2Pix.Packages.Tests;

/// <summary>
/// What the packages are made of, in a git repository of its own: packing it disturbs no build of this one, and git knows an address,
/// which SourceLink needs. Copies of the same files have the same commit.
/// </summary>
internal static class RepositoryCopy
{
    public const string Address = "https://github.com/example/pix2pix.git";

    private static readonly string[] Folders = ["src", "nuget"];
    private static readonly string[] Files =
        [".editorconfig", ".gitattributes", ".gitignore", "Directory.Build.props", "Directory.Packages.props", "LICENSE", "global.json"];

    /// <summary>Makes it in an empty folder.</summary>
    /// <returns>Its commit.</returns>
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

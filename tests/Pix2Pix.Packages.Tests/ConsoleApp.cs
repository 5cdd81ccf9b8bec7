namespace Pix2Pix.Packages.Tests;

/// <summary>
/// A console application in a clean folder outside the repository. Our packages are restored from the local feed into a separate folder,
/// which is empty at first; other packages come from the folder that the repository's build restored them to.
/// </summary>
internal sealed class ConsoleApp
{
    private readonly string _folder;
    private readonly string _version;

    public ConsoleApp(PackedRepository packed, string name)
    {
        _folder = packed.NewFolder(name);
        _version = packed.Version;
        // If the repository was built without libtorch, it must be downloaded, so the machine's package sources are used as well.
        var sources = Directory.Exists(Path.Combine(Paths.PackageFolder, Platform.LibTorch.ToLowerInvariant())) ? "<clear />" : "";
        File.WriteAllText(PathOf("nuget.config"), $"""
            <configuration>
              <config><add key="globalPackagesFolder" value="{packed.NewFolder(name + "-packages")}" /></config>
              <fallbackPackageFolders><clear /><add key="build" value="{Paths.PackageFolder}" /></fallbackPackageFolders>
              <packageSources>{sources}<add key="feed" value="{packed.Feed}" /></packageSources>
            </configuration>
            """);
    }

    public string PathOf(string file) => Path.Combine(_folder, file);

    /// <summary>Runs a command line of a README; our packages get the version of the feed, since it is not a released one.</summary>
    public Task<string> Follow(string line)
    {
        var words = line.Split(' ');
        return words is ["dotnet", "add", "package", var id]
            ? Add(id, id.StartsWith("Pix2Pix.", StringComparison.Ordinal) ? _version : throw new ArgumentException($"Whose version? {line}"))
            : Command.Run(_folder, words[0], words[1..]);
    }

    public Task<string> Add(string id, string version) => Command.Run(_folder, "dotnet", "add", "package", id, "--version", version);

    public Task<string> Build() => Command.Run(_folder, "dotnet", "build", "--configuration", "Release", "--no-restore");

    /// <summary>The lines that the built program prints.</summary>
    public async Task<string[]> Run(params string[] arguments)
    {
        var program = Directory.GetFiles(PathOf("bin"), $"{Path.GetFileName(_folder)}.dll", SearchOption.AllDirectories).Single();
        var output = await Command.Run(_folder, "dotnet", [program, .. arguments]);
        return output.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
    }
}

namespace Pix2Pix.Packages.Tests;

/// <summary>
/// All packages of the repository in a local feed, packed once for all tests, with a version that no cache can contain; and the application
/// that results from following the packed README.
/// </summary>
public sealed class PackedRepository : IAsyncLifetime
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("pix2pix-packages-");
    private readonly Lazy<Task<ReadmeApp>> _app;

    public PackedRepository() => _app = new(() => ReadmeApp.Create(this));

    /// <summary>The version of all packages.</summary>
    public string Version { get; } = $"0.1.0-test.{Guid.NewGuid():N}";

    /// <summary>The folder with the packages.</summary>
    public string Feed => Path.Combine(_folder.FullName, "feed");

    /// <summary>The copy of the repository that they were packed from.</summary>
    public string Source => Path.Combine(_folder.FullName, "repository");

    /// <summary>The commit of the copy.</summary>
    public string Commit { get; private set; } = "";

    public async ValueTask InitializeAsync()
    {
        Directory.CreateDirectory(Feed);
        Commit = await Pack(Source, Feed, "src/Pix2Pix.Core", "src/Pix2Pix.ML", "src/Pix2Pix.Torch", "nuget/Pix2Pix.Runtime.csproj");
    }

    public ValueTask DisposeAsync()
    {
        foreach (var file in _folder.EnumerateFiles("*", SearchOption.AllDirectories))
            file.Attributes = FileAttributes.Normal; // Windows does not delete what git has made read-only.
        _folder.Delete(recursive: true);
        return ValueTask.CompletedTask;
    }

    /// <summary>An empty folder outside the repository.</summary>
    public string NewFolder(string name) => _folder.CreateSubdirectory(name).FullName;

    /// <summary>Packs a new copy of the repository's files.</summary>
    /// <returns>The copy's commit.</returns>
    public async Task<string> Pack(string copy, string feed, params string[] projects)
    {
        var commit = await RepositoryCopy.Create(copy);
        foreach (var project in projects)
        {
            // The analyzers already ran when the repository was built.
            await Command.Run(
                copy, "dotnet", "pack", project, "--configuration", "Release", "--output", feed, $"-p:Version={Version}",
                "-p:ContinuousIntegrationBuild=true", "-p:RunAnalyzers=false");
        }

        return commit;
    }

    internal PackageFile Open(string id) => new(Path.Combine(Feed, $"{id}.{Version}.nupkg"));

    internal PackageFile OpenSymbols(string id) => new(Path.Combine(Feed, $"{id}.{Version}.snupkg"));

    /// <summary>The README's application, created on the first call.</summary>
    internal Task<ReadmeApp> App() => _app.Value;
}

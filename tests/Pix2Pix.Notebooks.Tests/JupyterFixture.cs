using System.ComponentModel;
using System.Reflection;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Pix2Pix.Notebooks.Tests;

/// <summary>
/// Runs notebooks as samples/Notebooks/README.md describes: with Jupyter's nbconvert, on the .NET Interactive kernel of the repository's
/// tool manifest. The packages come from this build. Their version is a new one for each test run, so that no cache contains it.
/// </summary>
public sealed partial class JupyterFixture
{
    private const string TimeLimitSeconds = "600"; // For a cell that hangs.

    // Below the repository, where the kernel's command finds the tool manifest.
    private static readonly string Folder = Path.Combine(AppContext.BaseDirectory, "run");

    private readonly Lazy<Task<bool>> _prepared;

    public JupyterFixture() => _prepared = new(Prepare);

    /// <summary>The version of the packages that the notebooks use.</summary>
    public string Version { get; } = $"0.1.0-test.{Guid.NewGuid():N}";

    /// <summary>Runs a notebook. All notebooks run in the same folder, as they do in a user's copy of samples/Notebooks.</summary>
    /// <returns>The notebook with the outputs of this run.</returns>
    /// <exception cref="InvalidOperationException">A cell failed; the message contains its number and its error.</exception>
    public async Task<JsonNode> Execute(string name, JsonNode notebook)
    {
        Assert.SkipUnless(await _prepared.Value, "Jupyter's nbconvert is not installed. On Debian: apt-get install jupyter-nbconvert");

        var file = Path.Combine(Folder, name);
        var json = notebook.ToJsonString().Replace("Pix2Pix.Runtime.Cpu.linux-x64", Platform.Runtime, StringComparison.Ordinal);
        await File.WriteAllTextAsync(file, PackageReference().Replace(json, $"${{1}}{Version}"));
        await Command.Run(
            Folder, "jupyter", "nbconvert", "--to", "notebook", "--execute", "--inplace", "--allow-errors",
            $"--ExecutePreprocessor.timeout={TimeLimitSeconds}", "--ExecutePreprocessor.record_timing=False", name);
        var executed = JsonNode.Parse(await File.ReadAllTextAsync(file))!;
        return NotebookOutputs.Failure(executed) is { } failure ? throw new InvalidOperationException($"{name}: {failure}") : executed;
    }

    private async Task<bool> Prepare()
    {
        try
        {
            await Command.Run(Paths.Repository, "jupyter", "nbconvert", "--version");
        }
        catch (Exception e) when (e is Win32Exception or InvalidOperationException)
        {
            return false;
        }

        if (Directory.Exists(Folder))
            Directory.Delete(Folder, recursive: true);
        Environment.SetEnvironmentVariable("DOTNET_INTERACTIVE_CLI_TELEMETRY_OPTOUT", "1");
        await Command.Run(Paths.Repository, "dotnet", "tool", "restore");
        await InstallKernel(NewFolder("jupyter", "kernels"));

        await Command.Run(Paths.Repository, "dotnet", "restore", "nuget/Pix2Pix.Runtime.csproj");
        await Command.Run(
            Paths.Repository, "dotnet", "pack", "--no-build", "--configuration", Configuration(), "--output", NewFolder("feed"),
            $"-p:PackageVersion={Version}");
        RestoreFromFeed();
        return true;
    }

    private static async Task InstallKernel(string folder)
    {
        await Command.Run(Paths.Repository, "dotnet", "interactive", "jupyter", "install", "--path", folder);
        var file = Path.Combine(folder, ".net-csharp", "kernel.json");
        var kernel = JsonNode.Parse(File.ReadAllText(file))!;
        kernel["argv"]!.AsArray().Add("--http-local-only");
        File.WriteAllText(file, kernel.ToJsonString());
        Environment.SetEnvironmentVariable("JUPYTER_PATH", Path.GetDirectoryName(folder));
    }

    // MSBuild reads properties from the environment. The kernel restores packages with MSBuild.
    private static void RestoreFromFeed()
    {
        // The build has restored all other packages, except libtorch if it was told to do without.
        var complete = Directory.Exists(Path.Combine(Paths.PackageFolder, Platform.LibTorch.ToLowerInvariant()));
        Environment.SetEnvironmentVariable(complete ? "RestoreSources" : "RestoreAdditionalProjectSources", Path.Combine(Folder, "feed"));
        Environment.SetEnvironmentVariable("RestoreFallbackFolders", Paths.PackageFolder);
        Environment.SetEnvironmentVariable("RestorePackagesPath", NewFolder("packages"));
    }

    private static string NewFolder(params string[] names) => Directory.CreateDirectory(Path.Combine([Folder, .. names])).FullName;

    private static string Configuration() => typeof(JupyterFixture).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
        .Single(attribute => attribute.Key == "Configuration").Value!;

    [GeneratedRegex(@"(nuget: Pix2Pix\.[\w.-]+, )[\w.-]+")]
    private static partial Regex PackageReference();
}

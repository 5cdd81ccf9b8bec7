using System.Text.RegularExpressions;

namespace Pix2Pix.Torch.Native;

/// <summary>The folder that libtorch is loaded from. It contains the required files.</summary>
/// <param name="Folder">Its path.</param>
/// <param name="Platform">Defines the file names.</param>
/// <param name="IsFromVariable">True if PIX2PIX_LIBTORCH chose it.</param>
internal sealed partial record LibTorchFolder(string Folder, NativePlatform Platform, bool IsFromVariable)
{
    /// <summary>The libtorch that TorchSharp 0.107 is built for.</summary>
    public const string ExpectedVersion = "2.10";

    private const string GlobalDependencies = "torch_global_deps";
    private static readonly string[] Required = ["c10", "torch_cpu", "torch"];
    private static readonly string[] Cuda = ["c10_cuda", "torch_cuda"];

    public bool HasCuda => Has("torch_cuda");

    /// <summary>The files to load, each after its dependencies, so that the loader resolves them from this folder only.</summary>
    public IEnumerable<string> LoadOrder => new[] { GlobalDependencies, "c10", "torch_cpu", "c10_cuda", "torch_cuda", "torch" }
        .Where(Has)
        .Select(FilePath);

    /// <summary>The files that export libtorch's functions to TorchSharp.</summary>
    public IEnumerable<string> Providers => Required.Select(FilePath);

    /// <summary>The version stated in a file next to the folder, of a libtorch archive or a Python installation; otherwise null.</summary>
    public string? Version
    {
        get
        {
            string parent = Path.Combine(Folder, "..");
            if (File.Exists(Path.Combine(parent, "build-version")))
                return File.ReadAllText(Path.Combine(parent, "build-version")).Trim();
            if (!File.Exists(Path.Combine(parent, "version.py")))
                return null;
            var match = PythonVersion().Match(File.ReadAllText(Path.Combine(parent, "version.py")));
            return match.Success ? match.Groups[1].Value : null;
        }
    }

    public static LibTorchFolder Find(NativeHost host)
    {
        if (host.LibTorchVariable is { } variable)
            return FromVariable(Path.TrimEndingDirectorySeparator(Path.GetFullPath(variable)), host.Platform);

        string[] folders = [Path.Combine(host.BaseDirectory, "libtorch"), .. host.PackageDirectories];
        var found = folders
            .Select(folder => new LibTorchFolder(folder, host.Platform, IsFromVariable: false))
            .FirstOrDefault(folder => folder.Has("torch_cpu"));
        if (found is null)
            throw new TorchRuntimeException(NativeErrors.NoLibTorch(host.Platform, folders));
        return found.Complete();
    }

    public string FilePath(string library) => Path.Combine(Folder, Platform.FileName(library));

    public bool Has(string library) => File.Exists(FilePath(library));

    private static LibTorchFolder FromVariable(string path, NativePlatform platform)
    {
        if (!Directory.Exists(path))
            throw new TorchRuntimeException(NativeErrors.VariableNamesNoFolder(path, platform));
        var folder = new LibTorchFolder(path, platform, IsFromVariable: true);
        if (!Required.Any(folder.Has))
        {
            var inner = folder with { Folder = Path.Combine(path, "lib") };
            throw new TorchRuntimeException(NativeErrors.VariableNamesNoLibTorch(folder, inner.Has("torch_cpu") ? inner : null, Required));
        }
        return folder.Complete();
    }

    private LibTorchFolder Complete()
    {
        string[] missing = [.. Required.Concat(HasCuda ? Cuda : []).Where(library => !Has(library))];
        return missing.Length == 0 ? this : throw new TorchRuntimeException(NativeErrors.Incomplete(this, missing));
    }

    [GeneratedRegex("""^__version__\s*(?::[^=]*)?=\s*['"]([^'"]+)['"]""", RegexOptions.Multiline)]
    private static partial Regex PythonVersion();
}

using System.Diagnostics;
using System.Runtime.InteropServices;

namespace Pix2Pix.Torch.Native;

/// <summary>The facts about the process and its system that the choice of native libraries depends on, collected once.</summary>
internal sealed record NativeHost
{
    public const string Variable = "PIX2PIX_LIBTORCH";

    public required NativePlatform Platform { get; init; }

    /// <summary>The value of PIX2PIX_LIBTORCH; null if it is unset or empty.</summary>
    public string? LibTorchVariable { get; init; }

    public required string BaseDirectory { get; init; }

    /// <summary>
    /// The directories in which .NET looks for TorchSharp's native libraries before it uses the system's loader, in .NET's order.
    /// </summary>
    public required IReadOnlyList<string> ProbedDirectories { get; init; }

    /// <summary>The directories of native files in the NuGet package folder, if TorchSharp's assembly was loaded from it.</summary>
    public IReadOnlyList<string> CachedPackageDirectories { get; init; } = [];

    /// <summary>Folders for private copies, the preferred one first.</summary>
    public required IReadOnlyList<string> CacheFolders { get; init; }

    /// <summary>The files of the libraries that the process has loaded so far.</summary>
    public IReadOnlyList<string> LoadedFiles { get; init; } = [];

    /// <summary>The C++ library of the process; null on systems other than Linux, or if the process has none.</summary>
    public StandardLibrary? StandardLibrary { get; init; }

    /// <summary>The directories that may contain the native files of packages: the probed directories come first, as in .NET.</summary>
    public IEnumerable<string> PackageDirectories => ProbedDirectories
        .Append(BaseDirectory)
        .Append(Path.Combine(BaseDirectory, "runtimes", Platform.RuntimeIdentifier, "native"))
        .Concat(CachedPackageDirectories)
        .Select(Path.TrimEndingDirectorySeparator)
        .Distinct();

    public static NativeHost Current()
    {
        var platform = NativePlatform.Current;
        string? libTorch = Environment.GetEnvironmentVariable(Variable);
        var standardLibrary = platform.IsLinux ? StandardLibrary.OfProcess(LoadedLibraryFiles) : null;
        return new()
        {
            Platform = platform,
            LibTorchVariable = string.IsNullOrWhiteSpace(libTorch) ? null : libTorch,
            BaseDirectory = Path.TrimEndingDirectorySeparator(AppContext.BaseDirectory),
            ProbedDirectories = DirectoriesProbedByDotNet(),
            CachedPackageDirectories = PackageCache.NativeDirectories(TorchSharpDirectory(), platform.RuntimeIdentifier),
            CacheFolders = platform.IsLinux ? PrivateCopy.DefaultFolders() : [],
            LoadedFiles = LoadedLibraryFiles(),
            StandardLibrary = standardLibrary,
        };
    }

    /// <summary>The file from which a library (its name without prefix and suffix) has been loaded, or null.</summary>
    public string? LoadedFile(string library) => LoadedFiles.FirstOrDefault(
        file => Path.GetFileName(file).StartsWith(Platform.FileName(library), StringComparison.OrdinalIgnoreCase));

    private static List<string> DirectoriesProbedByDotNet()
    {
        string[] directories = (AppContext.GetData("NATIVE_DLL_SEARCH_DIRECTORIES") as string ?? "")
            .Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        return [.. directories.Append(TorchSharpDirectory()).Where(d => d != "").Select(Path.TrimEndingDirectorySeparator).Distinct()];
    }

    // Empty in a single-file application.
    private static string TorchSharpDirectory() => Path.GetDirectoryName(typeof(TorchSharp.torch).Assembly.Location) ?? "";

    private static List<string> LoadedLibraryFiles()
    {
        using var process = Process.GetCurrentProcess();
        return [.. process.Modules.Cast<ProcessModule>().Select(module => module.FileName)];
    }
}

/// <summary>The names of native files on a platform, and the packages that contain them.</summary>
internal sealed record NativePlatform(string RuntimeIdentifier, string Prefix, string Suffix)
{
    public static NativePlatform Current { get; } = Detect();

    public bool IsLinux => RuntimeIdentifier.StartsWith("linux-", StringComparison.Ordinal);

    /// <summary>The packages that contain libtorch, as a phrase for an error message.</summary>
    public string LibTorchPackages => RuntimeIdentifier switch
    {
        "linux-x64" => "Pix2Pix.Runtime.Cpu.linux-x64 or Pix2Pix.Runtime.Cuda.linux-x64 (or libtorch-cpu-linux-x64 alone)",
        "win-x64" => "Pix2Pix.Runtime.Cpu.win-x64 or Pix2Pix.Runtime.Cuda.win-x64 (or libtorch-cpu-win-x64 alone)",
        "osx-arm64" => "Pix2Pix.Runtime.Cpu.osx-arm64 (or libtorch-cpu-osx-arm64 alone)",
        _ => "TorchSharp-cpu",
    };

    public string FileName(string library) => Prefix + library + Suffix;

    private static NativePlatform Detect()
    {
        string architecture = RuntimeInformation.ProcessArchitecture.ToString().ToLowerInvariant();
        if (OperatingSystem.IsWindows())
            return new($"win-{architecture}", "", ".dll");
        if (OperatingSystem.IsMacOS())
            return new($"osx-{architecture}", "lib", ".dylib");
        return new($"linux-{architecture}", "lib", ".so");
    }
}

/// <summary>
/// The NuGet package folder. Notebooks and scripts have no output folder that native files are copied to, so they load TorchSharp's
/// assembly from this folder: <c>torchsharp/0.107.0/lib/net8.0</c>. Native files are in neighboring folders, one per package.
/// </summary>
internal static class PackageCache
{
    /// <summary>
    /// The native file folders in the package folder that contains an assembly's directory; none if it is not in a package folder.
    /// </summary>
    public static IReadOnlyList<string> NativeDirectories(string torchSharpDirectory, string runtimeIdentifier)
    {
        string? version = VersionFolder(torchSharpDirectory);
        string? package = Path.GetDirectoryName(version);
        if (package is null || !Path.GetFileName(package).Equals("torchsharp", StringComparison.OrdinalIgnoreCase))
            return [];

        string libTorch = Path.Combine(package, "..", $"libtorch-cpu-{runtimeIdentifier}");
        string[] versions = Directory.Exists(libTorch) ? Directory.GetDirectories(libTorch, $"{LibTorchFolder.ExpectedVersion}.*") : [];
        return
        [
            .. versions.Append(version!).Select(folder => Path.GetFullPath(Path.Combine(folder, "runtimes", runtimeIdentifier, "native")))
                .Where(Directory.Exists)
                .Order(StringComparer.Ordinal),
        ];
    }

    // The version folder that contains a lib/net8.0 folder.
    private static string? VersionFolder(string directory)
    {
        string? parent = Path.GetDirectoryName(directory);
        return Path.GetFileName(parent) == "lib" ? Path.GetDirectoryName(parent) : null;
    }
}

namespace Pix2Pix.Torch.Native;

/// <summary>
/// NuGet's folder of packages. Notebooks and scripts, which have no output folder that native files are copied to, load TorchSharp's
/// assembly out of it: <c>torchsharp/0.107.0/lib/net8.0</c>. Native files then lie beside, each in its own package.
/// </summary>
internal static class PackageCache
{
    /// <summary>The folders of native files in the cache that an assembly's directory belongs to; none where it belongs to none.</summary>
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

    // The folder of a version, out of the lib/net8.0 in it.
    private static string? VersionFolder(string directory)
    {
        string? parent = Path.GetDirectoryName(directory);
        return Path.GetFileName(parent) == "lib" ? Path.GetDirectoryName(parent) : null;
    }
}

namespace Pix2Pix.Torch.Native;

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

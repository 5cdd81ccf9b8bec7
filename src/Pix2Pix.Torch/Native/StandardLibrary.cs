using System.Runtime.InteropServices;

namespace Pix2Pix.Torch.Native;

/// <summary>A libstdc++ and the symbol versions that it provides, such as GLIBCXX_3.4.30.</summary>
internal sealed record StandardLibrary(string File, IReadOnlySet<string> Versions)
{
    public const string Name = "libstdc++.so.6";

    /// <summary>The latest version of each series, as a phrase for an error message: GLIBCXX_3.4.30 and CXXABI_1.3.13.</summary>
    public string Newest => string.Join(" and ", new[] { "GLIBCXX_", "CXXABI_" }
        .Select(series => (series, newest: Versions
            .Where(version => version.StartsWith(series, StringComparison.Ordinal))
            .Select(version => Version.TryParse(version.AsSpan(series.Length), out var number) ? number : null)
            .Max()))
        .Where(pair => pair.newest is not null)
        .Select(pair => pair.series + pair.newest));

    public static StandardLibrary Read(string file)
    {
        using var elf = ElfFile.Open(file);
        return new(file, ElfVersions.Definitions(elf).ToHashSet());
    }

    /// <summary>The libstdc++ that this process uses, among any that the system has; null if it cannot load one.</summary>
    public static StandardLibrary? OfProcess(Func<IEnumerable<string>> loadedFiles)
    {
        // The handle is not freed: the library stays loaded in any case, and TorchSharp's library must use the same one.
        if (!NativeLibrary.TryLoad(Name, out _))
            return null;
        string? file = loadedFiles().FirstOrDefault(f => Path.GetFileName(f).StartsWith("libstdc++.so", StringComparison.Ordinal));
        return file is null ? null : Read(file);
    }
}

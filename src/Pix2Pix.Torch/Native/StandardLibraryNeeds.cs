namespace Pix2Pix.Torch.Native;

/// <summary>Checks whether a libstdc++ meets the needs of TorchSharp's library.</summary>
internal static class StandardLibraryNeeds
{
    /// <summary>
    /// GCC 13 adds a reference to this symbol to every object that includes iostream. No code uses it; it only prevents the object from
    /// being used with an older libstdc++, which does not initialize std::cout by itself. Here, libtorch's static objects initialize it.
    /// </summary>
    private const string Marker = "_ZSt21ios_base_library_initv";

    /// <summary>The versions that the libstdc++ lacks and that only the marker needs; empty if it has all versions.</summary>
    /// <exception cref="TorchRuntimeException">The libstdc++ lacks a version that code depends on.</exception>
    public static IReadOnlyList<string> VersionsToWeaken(ElfFile torchSharp, StandardLibrary? present)
    {
        if (present is null)
            throw new TorchRuntimeException(NativeErrors.NoStandardLibrary(torchSharp.Name));

        ElfVersionNeed[] missing = [.. ElfVersions.Needs(torchSharp)
            .Where(need => need.Library == StandardLibrary.Name && !need.IsWeak && !present.Versions.Contains(need.Version))];
        if (missing.Length == 0)
            return [];

        var relocated = ElfRelocations.SymbolIndices(torchSharp);
        var versionsInUse = ElfSymbol.Read(torchSharp)
            .Where(symbol => symbol.Name != Marker || symbol.IsDefined || relocated.Contains(symbol.Index))
            .Select(symbol => symbol.Version)
            .ToHashSet();
        string[] indispensable = [.. missing.Where(need => versionsInUse.Contains(need.Index)).Select(need => need.Version)];
        if (indispensable.Length > 0)
            throw new TorchRuntimeException(NativeErrors.OldStandardLibrary(torchSharp.Name, present, indispensable));
        return [.. missing.Select(need => need.Version)];
    }
}

namespace Pix2Pix.Torch.Native;

/// <summary>Whether a libstdc++ has what TorchSharp's library needs of it.</summary>
internal static class StandardLibraryNeeds
{
    /// <summary>
    /// GCC 13 gives every object that includes iostream a reference to this symbol, which no code uses: it only shall keep the
    /// object from an older libstdc++, which does not initialise std::cout by itself. Here libtorch's static objects do.
    /// </summary>
    private const string Marker = "_ZSt21ios_base_library_initv";

    /// <summary>The versions that the libstdc++ lacks and that are needed for the marker alone; empty if it has them all.</summary>
    /// <exception cref="TorchRuntimeException">It lacks a version that code depends on.</exception>
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

using System.Buffers.Binary;
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

    /// <summary>The libstdc++ that this process uses, if the system has several; null if none can be loaded.</summary>
    public static StandardLibrary? OfProcess(Func<IEnumerable<string>> loadedFiles)
    {
        // The handle is not freed: the library stays loaded in any case, and TorchSharp's library must use the same one.
        if (!NativeLibrary.TryLoad(Name, out _))
            return null;
        string? file = loadedFiles().FirstOrDefault(f => Path.GetFileName(f).StartsWith("libstdc++.so", StringComparison.Ordinal));
        return file is null ? null : Read(file);
    }
}

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

/// <summary>Makes some version needs of a library weak, so that the loader accepts a libstdc++ that lacks them.</summary>
internal static class PatchedLibrary
{
    public static byte[] Create(byte[] library, string name, IReadOnlyCollection<string> versions)
    {
        byte[] weakened = [.. library];
        using var elf = new ElfFile(new MemoryStream(library, writable: false), name);
        foreach (var need in ElfVersions.Needs(elf).Where(n => n.Library == StandardLibrary.Name && versions.Contains(n.Version)))
        {
            var flags = weakened.AsSpan((int)need.FlagsOffset, sizeof(ushort));
            ushort value = BinaryPrimitives.ReadUInt16LittleEndian(flags);
            BinaryPrimitives.WriteUInt16LittleEndian(flags, (ushort)(value | ElfVersions.WeakFlag));
        }
        return weakened;
    }
}

namespace Pix2Pix.Torch.Native;

/// <summary>A dynamic symbol of an ELF file.</summary>
/// <param name="Index">The position in the symbol table, which relocations use to refer to it.</param>
/// <param name="Name">The name in the file; C++ names are mangled.</param>
/// <param name="IsDefined">True if the file provides the symbol, false if it needs it.</param>
/// <param name="IsWeak">True if a needed symbol may be missing.</param>
/// <param name="Version">The index of its version among the file's needs or definitions; 0 or 1 for a symbol without one.</param>
internal readonly record struct ElfSymbol(uint Index, string Name, bool IsDefined, bool IsWeak, int Version)
{
    private const int EntrySize = 24;
    private const int LocalBinding = 0;
    private const int WeakBinding = 2;

    public bool HasVersion => Version > 1;

    /// <summary>The symbols that other files can see or provide. Enumerated lazily: libtorch has a hundred thousand.</summary>
    public static IEnumerable<ElfSymbol> Read(ElfFile elf)
    {
        if (elf.Find(ElfSection.DynamicSymbols) is not { } section)
            yield break;

        var symbols = elf.Read(section);
        var names = elf.ReadLink(section);
        var versions = elf.Find(ElfSection.SymbolVersions) is { } versionSection ? elf.Read(versionSection) : (ElfBytes?)null;
        for (uint i = 1; i < symbols.Length / EntrySize; i++) // Symbol 0 is reserved.
        {
            long entry = (long)i * EntrySize;
            int binding = symbols.U8(entry + 4) >> 4;
            if (binding == LocalBinding)
                continue;
            int version = versions?.U16(2L * i) & 0x7fff ?? 0; // The top bit hides a definition.
            yield return new(i, names.Text(symbols.U32(entry)), symbols.U16(entry + 6) != 0, binding == WeakBinding, version);
        }
    }
}

/// <summary>A version of symbols that an ELF file needs from another library.</summary>
/// <param name="Library">The library that should provide it, such as libstdc++.so.6.</param>
/// <param name="Version">The version, such as GLIBCXX_3.4.32.</param>
/// <param name="Index">The index by which symbols refer to the version.</param>
/// <param name="IsWeak">True if the loader accepts a library that lacks the version.</param>
/// <param name="FlagsOffset">The file offset of the 16-bit flags; the value 2 makes the version weak.</param>
internal readonly record struct ElfVersionNeed(string Library, string Version, int Index, bool IsWeak, long FlagsOffset);

/// <summary>The versions of symbols that an ELF file needs and provides. Layout: Linux Standard Base, "Symbol Versioning".</summary>
internal static class ElfVersions
{
    public const ushort WeakFlag = 2;

    public static IReadOnlyList<ElfVersionNeed> Needs(ElfFile elf)
    {
        if (elf.Find(ElfSection.VersionNeeds) is not { } section)
            return [];

        var needs = new List<ElfVersionNeed>();
        var bytes = elf.Read(section);
        var names = elf.ReadLink(section);
        foreach (long library in Chain(elf, bytes, 0, section.Info, nextOffset: 12))
        {
            string libraryName = names.Text(bytes.U32(library + 4));
            foreach (long need in Chain(elf, bytes, library + bytes.U32(library + 8), bytes.U16(library + 2), nextOffset: 12))
            {
                bool isWeak = (bytes.U16(need + 4) & WeakFlag) != 0;
                string version = names.Text(bytes.U32(need + 8));
                needs.Add(new(libraryName, version, bytes.U16(need + 6) & 0x7fff, isWeak, section.Offset + need + 4));
            }
        }
        return needs;
    }

    public static IEnumerable<string> Definitions(ElfFile elf)
    {
        if (elf.Find(ElfSection.VersionDefinitions) is not { } section)
            yield break;

        var bytes = elf.Read(section);
        var names = elf.ReadLink(section);
        foreach (long definition in Chain(elf, bytes, 0, section.Info, nextOffset: 16))
        {
            long firstName = definition + bytes.U32(definition + 12); // The remaining names are those of versions that it includes.
            yield return names.Text(bytes.U32(firstName));
        }
    }

    /// <summary>The offsets of a chain's entries. Each entry contains the distance to the next one, which must follow it.</summary>
    private static IEnumerable<long> Chain(ElfFile elf, ElfBytes bytes, long offset, uint count, int nextOffset)
    {
        for (uint i = 0; i < count; i++)
        {
            yield return offset;
            uint next = bytes.U32(offset + nextOffset);
            if (next == 0 && i < count - 1)
                throw new ElfFormatException(elf.Name, $"its version table ends after {i + 1} of {count} entries");
            offset += next;
        }
    }
}

/// <summary>Which dynamic symbols an ELF file's code and data refer to.</summary>
internal static class ElfRelocations
{
    /// <summary>The indices of all symbols that relocations refer to. Layout: System V ABI, "Relocation".</summary>
    public static HashSet<uint> SymbolIndices(ElfFile elf)
    {
        var indices = new HashSet<uint>();
        foreach (var section in elf.Sections)
        {
            int entrySize = section.Type switch
            {
                ElfSection.RelocationsWithAddend => 24,
                ElfSection.Relocations => 16,
                _ => 0,
            };
            if (entrySize == 0)
                continue;
            var bytes = elf.Read(section);
            for (long entry = 0; entry + entrySize <= bytes.Length; entry += entrySize)
                indices.Add(bytes.U32(entry + 12)); // The upper half of r_info.
        }
        return indices;
    }
}

namespace Pix2Pix.Torch.Native;

/// <summary>A dynamic symbol of an ELF file.</summary>
/// <param name="Index">The position in the symbol table, by which relocations name it.</param>
/// <param name="Name">As in the file; C++ names are mangled.</param>
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

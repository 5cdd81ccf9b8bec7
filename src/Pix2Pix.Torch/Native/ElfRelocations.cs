namespace Pix2Pix.Torch.Native;

/// <summary>Which dynamic symbols an ELF file's code and data refer to.</summary>
internal static class ElfRelocations
{
    /// <summary>The indices of all symbols that a relocation names. Layout: System V ABI, "Relocation".</summary>
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

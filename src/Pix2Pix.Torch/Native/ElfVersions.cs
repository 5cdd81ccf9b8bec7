namespace Pix2Pix.Torch.Native;

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

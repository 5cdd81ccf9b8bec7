namespace Pix2Pix.Torch.Native;

/// <summary>An entry of an ELF file's section table.</summary>
/// <param name="Index">The position in the section table.</param>
/// <param name="Type">One of the SHT_ constants.</param>
/// <param name="Offset">Where its bytes begin in the file.</param>
/// <param name="Size">The count of its bytes in the file.</param>
/// <param name="Link">The index of a section that this one refers to, such as its strings.</param>
/// <param name="Info">A number whose meaning the type gives; for version sections the count of entries.</param>
internal readonly record struct ElfSection(int Index, uint Type, long Offset, long Size, int Link, uint Info)
{
    // Numbers: System V ABI, "Sections"; the GNU ones: Linux Standard Base, "Symbol Versioning".
    public const uint RelocationsWithAddend = 4;
    public const uint NoBytes = 8;
    public const uint Relocations = 9;
    public const uint DynamicSymbols = 11;
    public const uint VersionDefinitions = 0x6ffffffd;
    public const uint VersionNeeds = 0x6ffffffe;
    public const uint SymbolVersions = 0x6fffffff;
}

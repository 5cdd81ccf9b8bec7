using System.Buffers.Binary;
using System.Text;

namespace Pix2Pix.Torch.Native;

/// <summary>
/// A 64-bit little-endian ELF shared library. Reads the section table, and the bytes of single sections on request, so that a library of
/// half a gigabyte is not read as a whole. All sections are checked to lie within the file, because the system's loader may crash on a
/// truncated file. Layout: System V ABI, "ELF Header" and "Sections".
/// </summary>
internal sealed class ElfFile : IDisposable
{
    private const int HeaderSize = 64;
    private const int SectionEntrySize = 64;

    private readonly Stream _stream;

    /// <summary>Reads the header and the section table. The file owns the stream, unless the constructor throws.</summary>
    /// <exception cref="ElfFormatException">The bytes are not such a library.</exception>
    public ElfFile(Stream stream, string name)
    {
        _stream = stream;
        Name = name;
        if (stream.Length < HeaderSize)
            throw new ElfFormatException(name, $"it has {stream.Length} bytes, fewer than an ELF header");
        var header = Read("its header", 0, HeaderSize);
        if (header.U32(0) != 0x464c457f)
            throw new ElfFormatException(name, "it does not begin with the ELF signature");
        if (header.U8(4) != 2 || header.U8(5) != 1 || header.U16(16) != 3)
            throw new ElfFormatException(name, "it is not a 64-bit little-endian shared library");
        if (header.U16(60) == 0 || header.U16(58) != SectionEntrySize)
            throw new ElfFormatException(name, "it has no section table");
        Sections = ReadSections(header.I64(40), header.U16(60));
        foreach (var section in Sections)
            CheckWithin($"section {section.Index}", section.Offset, section.Size);
    }

    public string Name { get; }

    public IReadOnlyList<ElfSection> Sections { get; }

    public static ElfFile Open(string path)
    {
        var stream = File.OpenRead(path);
        try
        {
            return new(stream, path);
        }
        catch
        {
            stream.Dispose();
            throw;
        }
    }

    public ElfSection? Find(uint type) =>
        Sections.Where(section => section.Type == type).Select(section => (ElfSection?)section).FirstOrDefault();

    public ElfBytes Read(ElfSection section) => Read($"section {section.Index}", section.Offset, section.Size);

    /// <summary>Reads the section that another section's link refers to.</summary>
    public ElfBytes ReadLink(ElfSection section) => section.Link < Sections.Count
        ? Read(Sections[section.Link])
        : throw new ElfFormatException(Name, $"section {section.Index} refers to section {section.Link} of {Sections.Count}");

    public void Dispose() => _stream.Dispose();

    private ElfBytes Read(string part, long offset, long size)
    {
        CheckWithin(part, offset, size);
        if (size > Array.MaxLength)
            throw new ElfFormatException(Name, $"{part} has {size} bytes, more than can be read");
        byte[] bytes = new byte[size];
        _stream.Position = offset;
        _stream.ReadExactly(bytes);
        return new(Name, part, bytes);
    }

    private void CheckWithin(string part, long offset, long size)
    {
        if (offset > _stream.Length || size > _stream.Length - offset)
        {
            string end = $"{part} should end at byte {(decimal)offset + size}";
            throw new ElfFormatException(Name, $"{end}, but the file has {_stream.Length} bytes");
        }
    }

    private ElfSection[] ReadSections(long offset, int count)
    {
        var table = Read("the section table", offset, (long)count * SectionEntrySize);
        var sections = new ElfSection[count];
        for (int i = 0; i < count; i++)
        {
            int entry = i * SectionEntrySize;
            uint type = table.U32(entry + 4);
            bool hasBytes = type != ElfSection.NoBytes;
            long begin = hasBytes ? table.I64(entry + 24) : 0;
            long size = hasBytes ? table.I64(entry + 32) : 0;
            uint link = table.U32(entry + 40);
            sections[i] = new(i, type, begin, size, (int)Math.Min(link, int.MaxValue), table.U32(entry + 44));
        }
        return sections;
    }
}

/// <summary>An entry of an ELF file's section table.</summary>
/// <param name="Index">The position in the section table.</param>
/// <param name="Type">One of the SHT_ constants.</param>
/// <param name="Offset">The file offset of its first byte.</param>
/// <param name="Size">The number of its bytes in the file.</param>
/// <param name="Link">The index of a section that this one refers to, such as its string table.</param>
/// <param name="Info">A number whose meaning depends on the type; for version sections, the number of entries.</param>
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

/// <summary>
/// Reads little-endian numbers and strings from a part of an ELF file. Access beyond the part throws a format error.
/// </summary>
internal readonly struct ElfBytes(string file, string part, byte[] bytes)
{
    private const int MaxNameLength = 65_536; // Bounds the work that a hostile string table can cause.

    public int Length => bytes.Length;

    public byte U8(long offset) => Slice(offset, 1)[0];

    public ushort U16(long offset) => BinaryPrimitives.ReadUInt16LittleEndian(Slice(offset, 2));

    public uint U32(long offset) => BinaryPrimitives.ReadUInt32LittleEndian(Slice(offset, 4));

    /// <summary>Reads a 64-bit offset or size; values that no file can have throw a format error.</summary>
    public long I64(long offset)
    {
        ulong value = BinaryPrimitives.ReadUInt64LittleEndian(Slice(offset, 8));
        return value <= long.MaxValue ? (long)value : throw Fault($"{part} contains the invalid number {value}");
    }

    /// <summary>Reads the zero-terminated string at an offset.</summary>
    public string Text(long offset)
    {
        var rest = Slice(offset, 1, open: true);
        int end = rest[..Math.Min(rest.Length, MaxNameLength)].IndexOf((byte)0);
        return end >= 0 ? Encoding.UTF8.GetString(rest[..end]) : throw Fault($"a name in {part} is not terminated");
    }

    private ReadOnlySpan<byte> Slice(long offset, int length, bool open = false)
    {
        if (offset < 0 || offset > bytes.Length - length)
            throw Fault($"{part} ends after {bytes.Length} bytes, but something refers to byte {offset}");
        return open ? bytes.AsSpan((int)offset) : bytes.AsSpan((int)offset, length);
    }

    private ElfFormatException Fault(string fault) => new(file, fault);
}

/// <summary>A file is not an ELF library, or it is inconsistent. The message names the file and the problem.</summary>
internal sealed class ElfFormatException(string file, string fault)
    : Exception($"'{file}' is not a usable ELF library: {fault}.");

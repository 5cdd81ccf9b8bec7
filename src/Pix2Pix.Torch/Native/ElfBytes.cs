using System.Buffers.Binary;
using System.Text;

namespace Pix2Pix.Torch.Native;

/// <summary>
/// Reads little-endian numbers and strings from a part of an ELF file. Access beyond the part throws a format error.
/// </summary>
internal readonly struct ElfBytes(string file, string part, byte[] bytes)
{
    private const int LongestName = 65_536; // Bounds the work that a hostile string table can cause.

    public int Length => bytes.Length;

    public byte U8(long offset) => Slice(offset, 1)[0];

    public ushort U16(long offset) => BinaryPrimitives.ReadUInt16LittleEndian(Slice(offset, 2));

    public uint U32(long offset) => BinaryPrimitives.ReadUInt32LittleEndian(Slice(offset, 4));

    /// <summary>Reads a 64-bit offset or size; values that no file can have throw a format error.</summary>
    public long I64(long offset)
    {
        ulong value = BinaryPrimitives.ReadUInt64LittleEndian(Slice(offset, 8));
        return value <= long.MaxValue ? (long)value : throw Fault($"{part} hold the impossible number {value}");
    }

    /// <summary>Reads the zero-terminated string at an offset.</summary>
    public string Text(long offset)
    {
        var rest = Slice(offset, 1, open: true);
        int end = rest[..Math.Min(rest.Length, LongestName)].IndexOf((byte)0);
        return end >= 0 ? Encoding.UTF8.GetString(rest[..end]) : throw Fault($"a name in {part} has no end");
    }

    private ReadOnlySpan<byte> Slice(long offset, int length, bool open = false)
    {
        if (offset < 0 || offset > bytes.Length - length)
            throw Fault($"{part} end after {bytes.Length} bytes, but byte {offset} is referred to");
        return open ? bytes.AsSpan((int)offset) : bytes.AsSpan((int)offset, length);
    }

    private ElfFormatException Fault(string fault) => new(file, fault);
}

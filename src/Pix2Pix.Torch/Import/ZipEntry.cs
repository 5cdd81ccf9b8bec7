using System.Buffers.Binary;

namespace Pix2Pix.Torch.Import;

/// <summary>What the directory of a zip says of an entry. None of it is checked.</summary>
/// <param name="IsPlain">Whether its bytes are stored as they are.</param>
/// <param name="Offset">Of its local header.</param>
/// <param name="Length">Of its bytes.</param>
/// <param name="Checksum">Their CRC-32.</param>
internal readonly record struct ZipEntry(bool IsPlain, ulong Offset, ulong Length, uint Checksum)
{
    private const ushort LargeId = 1; // the extra field of zip64

    /// <param name="header">Its 46 bytes in the directory.</param>
    /// <param name="extra">Its extra fields.</param>
    public static ZipEntry Of(ReadOnlySpan<byte> header, ReadOnlySpan<byte> extra)
    {
        var encrypted = (BinaryPrimitives.ReadUInt16LittleEndian(header[8..]) & 1) != 0;
        var method = BinaryPrimitives.ReadUInt16LittleEndian(header[10..]);
        var large = Large(extra);
        // In this order, and each only where the 4 bytes are not enough.
        var length = Number(header[24..], ref large);
        var stored = Number(header[20..], ref large);
        var offset = Number(header[42..], ref large);
        return new ZipEntry(
            !encrypted && method == 0 && stored == length, offset, length, BinaryPrimitives.ReadUInt32LittleEndian(header[16..]));
    }

    private static ulong Number(ReadOnlySpan<byte> bytes, ref ReadOnlySpan<byte> large)
    {
        var number = BinaryPrimitives.ReadUInt32LittleEndian(bytes);
        if (number != uint.MaxValue || large.Length < sizeof(ulong))
            return number;
        var whole = BinaryPrimitives.ReadUInt64LittleEndian(large);
        large = large[sizeof(ulong)..];
        return whole;
    }

    private static ReadOnlySpan<byte> Large(ReadOnlySpan<byte> extra)
    {
        while (extra.Length >= 4)
        {
            var length = BinaryPrimitives.ReadUInt16LittleEndian(extra[2..]);
            if (length > extra.Length - 4)
                break;
            if (BinaryPrimitives.ReadUInt16LittleEndian(extra) == LargeId)
                return extra.Slice(4, length);
            extra = extra[(4 + length)..];
        }

        return [];
    }
}

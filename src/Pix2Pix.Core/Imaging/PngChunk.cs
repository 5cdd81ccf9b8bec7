using System.Buffers.Binary;
using System.IO.Hashing;

namespace Pix2Pix.Imaging;

/// <summary>Writes a chunk of a PNG file: length, type, data, and the CRC-32 of type and data.</summary>
internal static class PngChunk
{
    public static void Write(Stream stream, ReadOnlySpan<byte> type, ReadOnlySpan<byte> bytes)
    {
        var crc = new Crc32();
        crc.Append(type);
        crc.Append(bytes);
        Span<byte> number = stackalloc byte[sizeof(uint)];
        BinaryPrimitives.WriteInt32BigEndian(number, bytes.Length);
        stream.Write(number);
        stream.Write(type);
        stream.Write(bytes);
        BinaryPrimitives.WriteUInt32BigEndian(number, crc.GetCurrentHashAsUInt32());
        stream.Write(number);
    }
}

using System.Buffers.Binary;

namespace Pix2Pix.Torch.Import;

/// <summary>The last bytes of a zip, which say where its directory is.</summary>
/// <param name="Count">Entries.</param>
/// <param name="Offset">Of the directory.</param>
/// <param name="Length">Of the directory, which lies within the file.</param>
internal readonly record struct ZipEnd(ulong Count, ulong Offset, ulong Length)
{
    private const int EndLength = 22;
    private const int LocatorLength = 20; // of the end of zip64, in front of the end
    private const int LargeEndLength = 56;

    /// <exception cref="InvalidDataException">It has no such end: it is truncated, or no zip.</exception>
    public static ZipEnd Read(FileStream stream)
    {
        // A comment of up to 64 KiB may follow; torch.save writes none.
        var tail = new byte[(int)Math.Min(stream.Length, LocatorLength + EndLength + ushort.MaxValue)];
        stream.Position = stream.Length - tail.Length;
        stream.ReadExactly(tail);
        for (var at = tail.Length - EndLength; at >= 0; at--)
        {
            var end = tail.AsSpan(at);
            if (!end.StartsWith("PK\u0005\u0006"u8) || UInt16(end[20..]) != end.Length - EndLength)
                continue;
            var found = at >= LocatorLength && tail.AsSpan(at - LocatorLength).StartsWith("PK\u0006\u0007"u8)
                ? Large(stream, BinaryPrimitives.ReadUInt64LittleEndian(tail.AsSpan(at - LocatorLength + 8)))
                : new ZipEnd(UInt16(end[10..]), UInt32(end[16..]), UInt32(end[12..]));
            var length = (ulong)stream.Length;
            return found.Offset <= length && found.Length <= length - found.Offset ? found : throw Truncated();
        }

        throw Truncated();
    }

    private static ZipEnd Large(FileStream stream, ulong offset)
    {
        Span<byte> end = stackalloc byte[LargeEndLength];
        if (stream.Length < LargeEndLength || offset > (ulong)(stream.Length - LargeEndLength))
            throw Truncated();
        stream.Position = (long)offset;
        stream.ReadExactly(end);
        return end.StartsWith("PK\u0006\u0006"u8)
            ? new ZipEnd(
                BinaryPrimitives.ReadUInt64LittleEndian(end[32..]), BinaryPrimitives.ReadUInt64LittleEndian(end[48..]),
                BinaryPrimitives.ReadUInt64LittleEndian(end[40..]))
            : throw Truncated();
    }

    private static InvalidDataException Truncated() => new("It is a zip whose directory is not there: it is truncated or damaged.");

    private static ushort UInt16(ReadOnlySpan<byte> bytes) => BinaryPrimitives.ReadUInt16LittleEndian(bytes);

    private static uint UInt32(ReadOnlySpan<byte> bytes) => BinaryPrimitives.ReadUInt32LittleEndian(bytes);
}

using System.Buffers.Binary;
using System.Text;

namespace Pix2Pix.Torch.Import;

/// <summary>
/// The directory of a zip whose entries are stored as they are, as torch.save writes it (PKWARE, APPNOTE.TXT 6.3, sections 4.3.7 to 4.3.16
/// and 4.5.3). Compressed or encrypted entries are refused, so no entry is larger than the file.
/// </summary>
internal sealed class ZipDirectory
{
    private const int MaxLength = 4 << 20;
    private const int MaxEntries = 1 << 14;

    private const int HeaderLength = 46; // of an entry, without its name
    private const int LocalHeaderLength = 30; // in front of its bytes

    private readonly FileStream _stream;
    private readonly Dictionary<string, ZipEntry> _entries = [];

    private ZipDirectory(FileStream stream) => _stream = stream;

    public IReadOnlyCollection<string> Names => _entries.Keys;

    /// <exception cref="InvalidDataException">It is no such file, or damaged.</exception>
    public static ZipDirectory Read(FileStream stream)
    {
        var end = ZipEnd.Read(stream);
        if (end.Count > MaxEntries || end.Length > MaxLength)
        {
            throw new InvalidDataException(
                $"Its directory has {end.Count} entries and {end.Length} bytes; at most {MaxEntries} and {MaxLength} are allowed.");
        }

        var bytes = new byte[(int)end.Length];
        stream.Position = (long)end.Offset;
        stream.ReadExactly(bytes);
        var directory = new ZipDirectory(stream);
        var rest = bytes.AsSpan();
        for (var i = 0UL; i < end.Count; i++)
            rest = directory.Add(rest);
        return directory;
    }

    /// <summary>Where the bytes of an entry are.</summary>
    /// <exception cref="InvalidDataException">It is not there, or not stored as it is, or not within the file.</exception>
    public StoredPart Find(string name)
    {
        if (!_entries.TryGetValue(name, out var entry))
            throw new InvalidDataException($"It has no entry {Quote.Name(name)}.");
        if (!entry.IsPlain)
        {
            throw new InvalidDataException(
                $"Its entry {Quote.Name(name)} is compressed or encrypted, which torch.save does not do; write it again with torch.save.");
        }

        var fileLength = (ulong)_stream.Length;
        Span<byte> header = stackalloc byte[LocalHeaderLength];
        if (fileLength < LocalHeaderLength || entry.Offset > fileLength - LocalHeaderLength)
            throw Damaged(name);
        _stream.Position = (long)entry.Offset;
        _stream.ReadExactly(header);
        var start = entry.Offset + LocalHeaderLength + (uint)UInt16(header[26..]) + (uint)UInt16(header[28..]); // name and extra fields
        if (!header.StartsWith("PK\u0003\u0004"u8) || start > fileLength || entry.Length > fileLength - start)
            throw Damaged(name);
        return new StoredPart((long)start, (long)entry.Length, entry.Checksum);
    }

    private static InvalidDataException Damaged(string name)
        => new($"It is damaged or truncated: the entry {Quote.Name(name)} is not where its directory says.");

    private static int UInt16(ReadOnlySpan<byte> bytes) => BinaryPrimitives.ReadUInt16LittleEndian(bytes);

    private Span<byte> Add(Span<byte> bytes)
    {
        if (bytes.Length >= HeaderLength && bytes.StartsWith("PK\u0001\u0002"u8))
        {
            var (nameEnd, extra) = (HeaderLength + UInt16(bytes[28..]), UInt16(bytes[30..]));
            var next = nameEnd + extra + UInt16(bytes[32..]); // a comment
            if (next <= bytes.Length)
            {
                var name = Encoding.UTF8.GetString(bytes[HeaderLength..nameEnd]);
                if (!_entries.TryAdd(name, ZipEntry.Of(bytes, bytes.Slice(nameEnd, extra))))
                    throw new InvalidDataException($"Its directory has two entries {Quote.Name(name)}.");
                return bytes[next..];
            }
        }

        throw new InvalidDataException("Its directory is damaged.");
    }
}

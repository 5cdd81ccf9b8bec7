using System.IO.Compression;
using System.IO.Hashing;
using Pix2Pix.Torch.Import.Pickle;

namespace Pix2Pix.Torch.Import;

/// <summary>
/// The torch.save format since PyTorch 1.6: a zip archive that contains the state dict in NAME/data.pkl, the elements of each storage in
/// NAME/data/KEY, and their byte order in NAME/byteorder; without that entry, the order is little-endian. Compressed or encrypted entries
/// are rejected, so no entry is larger than the file.
/// </summary>
internal static class ZippedState
{
    private const string PickleName = "/data.pkl";
    private const string OrderName = "/byteorder";
    private const int MaxDirectoryLength = 4 << 20;

    /// <exception cref="InvalidDataException">The file is damaged, or contains more than a state dict.</exception>
    public static TorchState Open(FileStream stream)
    {
        var entries = Entries(stream);
        var hasChecksums = entries.Values.Any(entry => entry.Crc32 != 0); // set_crc32_options(False) leaves all of them 0
        string[] pickles = [.. entries.Keys.Where(name => name.EndsWith(PickleName, StringComparison.Ordinal))];
        if (pickles is not [var pickle])
            throw new InvalidDataException(
                $"It is a zip archive with {pickles.Length} entries that end with {PickleName}; expected exactly one.");

        var folder = pickle[..^PickleName.Length];
        var order = folder + OrderName;
        if (entries.ContainsKey(order) && !Bytes(Find(entries, order), maxLength: 16, hasChecksums).AsSpan().SequenceEqual("little"u8))
            throw new InvalidDataException("It does not use little-endian byte order. Save it again on a little-endian machine.");

        var reader = new PickleReader(Bytes(Find(entries, pickle), PickleReader.MaxLength, hasChecksums));
        var tensors = StateDict.Of(reader.Read());
        var parts = reader.Numbers.Values.ToDictionary(n => n.Key, n => Part(Find(entries, $"{folder}/data/{n.Key}"), n, hasChecksums));
        return new TorchState(stream, tensors, parts);
    }

    private static Dictionary<string, ZipArchiveEntry> Entries(FileStream stream)
    {
        var limited = new LimitedStream(stream, MaxDirectoryLength);
        var all = Checked(() => new ZipArchive(limited, ZipArchiveMode.Read, leaveOpen: true).Entries);
        limited.LiftLimit();
        var found = new Dictionary<string, ZipArchiveEntry>();
        foreach (var entry in all)
        {
            if (!found.TryAdd(entry.FullName, entry))
                throw new InvalidDataException($"It has two entries {Quote.Name(entry.FullName)}.");
        }

        return found;
    }

    private static ZipArchiveEntry Find(Dictionary<string, ZipArchiveEntry> entries, string name)
    {
        if (!entries.TryGetValue(name, out var entry))
            throw new InvalidDataException($"It has no entry {Quote.Name(name)}.");
        // A compressed entry that happens to keep its length is read as well; it still contains no more bytes than the file.
        return !entry.IsEncrypted && entry.CompressedLength == entry.Length ? entry : throw new InvalidDataException(
            $"Its entry {Quote.Name(name)} is compressed or encrypted; expected a stored entry. Save the file again with torch.save.");
    }

    private static StoredPart Part(ZipArchiveEntry entry, StoredNumbers numbers, bool hasChecksum)
    {
        if (entry.Length != numbers.Length)
        {
            throw new InvalidDataException(
                $"Its entry {Quote.Name(entry.FullName)} has {entry.Length} bytes; its tensors require {numbers.Length}.");
        }

        Checked(entry.Open).Dispose();
        return new StoredPart(entry.Open, hasChecksum ? entry.Crc32 : null);
    }

    private static byte[] Bytes(ZipArchiveEntry entry, int maxLength, bool hasChecksum)
    {
        var name = Quote.Name(entry.FullName);
        if (entry.Length > maxLength)
            throw new InvalidDataException($"Its entry {name} has {entry.Length} bytes; expected at most {maxLength}.");
        var bytes = new byte[entry.Length];
        using var stream = Checked(entry.Open);
        return stream.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false) == bytes.Length
            && (!hasChecksum || Crc32.HashToUInt32(bytes) == entry.Crc32)
            ? bytes
            : throw new InvalidDataException($"It is damaged: the checksum of {name} does not match.");
    }

    private static T Checked<T>(Func<T> read)
    {
        try
        {
            return read();
        }
        catch (InvalidDataException e)
        {
            throw new InvalidDataException($"It is a truncated or damaged zip archive: {e.Message}", e);
        }
    }

    /// <summary>
    /// Limits how much of a file is read, because ZipArchive makes an object of each entry in the directory before it returns the first.
    /// </summary>
    private sealed class LimitedStream(Stream file, long limit) : Stream
    {
        public override bool CanRead => true;

        public override bool CanSeek => true;

        public override bool CanWrite => false;

        public override long Length => file.Length;

        public override long Position
        {
            get => file.Position;
            set => file.Position = value;
        }

        public void LiftLimit() => limit = long.MaxValue;

        public override int Read(Span<byte> buffer)
        {
            var read = file.Read(buffer);
            limit -= read;
            return limit >= 0 ? read : throw new InvalidDataException($"its directory has more than {MaxDirectoryLength} bytes.");
        }

        public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

        public override long Seek(long offset, SeekOrigin origin) => file.Seek(offset, origin);

        public override void Flush() => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}

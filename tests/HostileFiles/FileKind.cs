using System.Buffers.Binary;
using System.IO.Compression;
using System.IO.Hashing;
using Pix2Pix.Tests;

namespace HostileFiles;

/// <summary>A kind of file that the library reads, with valid files of it and the way in which an application reads them.</summary>
internal abstract class FileKind
{
    /// <summary>The valid files: a file name and its content.</summary>
    public abstract IReadOnlyList<(string Name, byte[] Content)> Originals { get; }

    /// <summary>
    /// Whether the format has checksums, so that a damaged file must either yield the content of the original or be rejected.
    /// </summary>
    public virtual bool IsChecked => false;

    /// <summary>Damages a file.</summary>
    public virtual byte[] Damage(byte[] content, Random random) => Mutation.Of(content, random);

    /// <summary>Reads a file with the public API and returns a hash of what an application would get.</summary>
    public abstract string Read(string path, int seed);

    /// <summary>Whether the documentation names this exception for a damaged file.</summary>
    public abstract bool IsDocumented(Exception exception);
}

/// <summary>Files whose checksums are correct, so that damage reaches what the checksums protect.</summary>
/// <param name="kind">The kind without this.</param>
/// <param name="damage">Damages the protected content.</param>
internal sealed class Rechecked(FileKind kind, Func<byte[], Random, byte[]> damage) : FileKind
{
    public override IReadOnlyList<(string Name, byte[] Content)> Originals => kind.Originals;

    public override byte[] Damage(byte[] content, Random random) => damage(content, random);

    public override string Read(string path, int seed) => kind.Read(path, seed);

    public override bool IsDocumented(Exception exception) => kind.IsDocumented(exception);

    /// <summary>Damages an entry of a zip archive, which is compressed unless it was stored.</summary>
    public static byte[] ZipEntry(byte[] content, Random random)
    {
        using var original = new ZipArchive(new MemoryStream(content));
        using var stream = new MemoryStream();
        using (var archive = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true))
        {
            var damaged = random.Next(original.Entries.Count);
            for (var i = 0; i < original.Entries.Count; i++)
            {
                var entry = original.Entries[i];
                var bytes = new byte[entry.Length];
                using (var from = entry.Open())
                    from.ReadExactly(bytes);
                var level = entry.CompressedLength == entry.Length ? CompressionLevel.NoCompression : CompressionLevel.Fastest;
                using var to = archive.CreateEntry(entry.FullName, level).Open();
                to.Write(i == damaged ? Mutation.Of(bytes, random) : bytes);
            }
        }

        return stream.ToArray();
    }

    /// <summary>Damages the data of a chunk of a PNG file: length, type, data and CRC-32 follow each other after the signature.</summary>
    public static byte[] PngChunk(byte[] content, Random random)
    {
        const int Signature = 8, Header = 8, Checksum = 4;
        var chunks = new List<byte[]>();
        for (var at = Signature; at < content.Length;)
        {
            var length = BinaryPrimitives.ReadInt32BigEndian(content.AsSpan(at)) + Header;
            chunks.Add(content[(at + Checksum)..(at + length)]); // the type and the data
            at += length + Checksum;
        }

        var damaged = random.Next(chunks.Count);
        var data = chunks[damaged].AsSpan(Checksum).ToArray();
        for (var changes = 1 + random.Next(3); changes > 0 && data.Length > 0; changes--)
            data[random.Next(data.Length)] = (byte)random.Next(256);
        chunks[damaged] = [.. chunks[damaged].AsSpan(0, Checksum), .. data];
        using var stream = new MemoryStream();
        stream.Write(content.AsSpan(0, Signature));
        var number = new byte[sizeof(uint)];
        foreach (var chunk in chunks)
        {
            BinaryPrimitives.WriteInt32BigEndian(number, chunk.Length - Checksum);
            stream.Write(number);
            stream.Write(chunk);
            BinaryPrimitives.WriteUInt32BigEndian(number, Crc32.HashToUInt32(chunk));
            stream.Write(number);
        }

        return stream.ToArray();
    }
}

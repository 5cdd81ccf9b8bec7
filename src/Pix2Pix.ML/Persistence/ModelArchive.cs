using System.IO.Compression;
using System.IO.Hashing;

namespace Pix2Pix.ML.Persistence;

/// <summary>Checks and reads the entries of a saved model. An entry is decompressed only as far as its declared length.</summary>
internal static class ModelArchive
{
    private const int MaxEntries = 1 << 16;
    private const int MaxName = 1024;
    private const int MaxQuoted = 100;

    // ML.NET opens nested chains recursively, and a stack overflow would end the process.
    private const int MaxDepth = 64;

    /// <summary>Checks the entries before any is decompressed.</summary>
    /// <exception cref="InvalidDataException">ML.NET does not write such entries, or they expand too much.</exception>
    /// <param name="zip">The archive.</param>
    /// <param name="length">The length of its file in bytes.</param>
    public static void Check(ZipArchive zip, long length)
    {
        if (zip.Entries.Count > MaxEntries)
            throw new InvalidDataException($"It contains {zip.Entries.Count:#,0} entries; expected at most {MaxEntries:#,0}.");
        HashSet<string> names = [];
        foreach (var entry in zip.Entries)
        {
            CheckName(entry.FullName);
            if (!names.Add(entry.FullName.Replace('\\', '/')))
                throw new InvalidDataException($"It contains the entry '{entry.FullName}' more than once; expected unique names.");
            if (entry.IsEncrypted)
                throw new InvalidDataException($"The entry '{entry.FullName}' is encrypted; expected a model without a password.");
            Expansion.Check(entry.Length, entry.CompressedLength, $"The entry '{entry.FullName}'");
        }

        Expansion.Check(zip.Entries.Sum(entry => (double)entry.Length), length, "The content of its entries"); // they may overlap
    }

    /// <summary>Copies an entry. No other check would detect a changed byte.</summary>
    /// <param name="entry">The entry.</param>
    /// <param name="header">Receives the first bytes.</param>
    /// <param name="to">Receives the other bytes.</param>
    /// <exception cref="InvalidDataException">The entry cannot be decompressed, or its length or checksum does not match.</exception>
    public static void CopyTo(this ZipArchiveEntry entry, Span<byte> header, Stream to)
    {
        var (checksum, left, buffer) = (new Crc32(), entry.Length, new byte[1 << 16]);
        using var from = Open(entry);
        while (Read(entry, from, header.Length > 0 ? header : buffer) is > 0 and var count)
        {
            left -= count;
            if (left < 0)
                break;
            checksum.Append(header.Length > 0 ? header[..count] : buffer.AsSpan(0, count));
            if (header.Length > 0)
                header = header[count..];
            else
                to.Write(buffer, 0, count);
        }

        if (left != 0)
            throw new InvalidDataException($"The entry '{entry.FullName}' is damaged: its length is not the declared {entry.Length:#,0}.");
        if (checksum.GetCurrentHashAsUInt32() != entry.Crc32)
            throw new InvalidDataException($"The entry '{entry.FullName}' is damaged: its checksum does not match.");
    }

    private static Stream Open(ZipArchiveEntry entry)
    {
        try
        {
            return entry.Open();
        }
        catch (Exception e) when (e is InvalidDataException or IOException)
        {
            throw new InvalidDataException($"The entry '{entry.FullName}' cannot be opened: {e.Message}", e);
        }
    }

    private static int Read(ZipArchiveEntry entry, Stream from, Span<byte> buffer)
    {
        try
        {
            return from.Read(buffer);
        }
        catch (InvalidDataException e)
        {
            throw new InvalidDataException($"The entry '{entry.FullName}' is damaged: {e.Message}", e);
        }
    }

    private static void CheckName(string name)
    {
        var parts = name.Split('/', '\\');
        if (name.Length <= MaxName && parts.Length <= MaxDepth && name.Length > 0 && parts[0].Length > 0 && !parts.Contains("..")
            && !name.Any(character => char.IsControl(character) || character == ':'))
        {
            return;
        }

        var quoted = name.Length <= MaxQuoted ? name : $"{name[..MaxQuoted]}...";
        throw new InvalidDataException(
            $"It contains the entry '{quoted}', with a name of {name.Length:#,0} characters in {parts.Length:#,0} parts; expected a " +
            $"relative name of at most {MaxName:#,0} characters in {MaxDepth} parts, without '..', colons or control characters.");
    }
}

using System.Buffers.Binary;
using System.IO.Hashing;
using System.Text;

namespace Pix2Pix.ML.Data;

/// <summary>
/// Checks the chunks of a PNG file (PNG, third edition, section 5.3): length, type, data and the CRC-32 of type and data. The decoder
/// accepts files with missing bytes and returns wrong pixels.
/// </summary>
internal static class PngChunks
{
    /// <summary>Up to this total length, ancillary chunks are passed to the decoder, which takes seconds for several megabytes.</summary>
    private const int MaxAncillaryLength = 1 << 16;

    private const int SignatureLength = 8;
    private const int HeadLength = 8; // length and type
    private const int TypeAt = 4;
    private const int TypeLength = 4;
    private const int ChecksumLength = 4;
    private const int HeaderLength = 13; // the data of IHDR

    private static ReadOnlySpan<byte> End => [0, 0, 0, 0, (byte)'I', (byte)'E', (byte)'N', (byte)'D', 0xAE, 0x42, 0x60, 0x82];

    /// <summary>What is wrong with a file that begins with the signature, as a predicate, or null. Bytes after IEND are ignored.</summary>
    public static string? Problem(byte[] png)
    {
        var hasData = false;
        for (var at = SignatureLength; ; at = Next(png, at))
        {
            if (!IsComplete(png, at))
                return png.AsSpan().EndsWith(End) ? "is damaged: bytes are missing in a chunk" : "is truncated";
            var type = Type(png, at);
            if (at == SignatureLength && (!type.SequenceEqual("IHDR"u8) || Length(png, at) != HeaderLength))
                return "is damaged: it does not begin with the chunk IHDR";
            if (ChangesPixels(type) && !IsIntact(png, at))
                return $"is damaged: the checksum of its chunk {Name(type)} does not match";
            hasData |= type.SequenceEqual("IDAT"u8);
            if (type.SequenceEqual("IEND"u8))
                return hasData ? null : "is damaged: it has no chunk IDAT";
        }
    }

    /// <summary>The content of the first eXIf chunk; empty if there is none.</summary>
    public static ReadOnlySpan<byte> Exif(byte[] png)
    {
        foreach (var at in Starts(png))
        {
            if (Type(png, at).SequenceEqual("eXIf"u8))
                return png.AsSpan(at + HeadLength, (int)Length(png, at));
        }

        return [];
    }

    /// <summary>The file, or a copy without the chunks that do not change the pixels if these are long.</summary>
    public static byte[] ForDecoder(byte[] png)
    {
        if (Starts(png).Where(at => !ChangesPixels(Type(png, at))).Sum(at => Length(png, at)) <= MaxAncillaryLength)
            return png;

        using var copy = new MemoryStream(png.Length);
        copy.Write(png.AsSpan(0, SignatureLength));
        foreach (var at in Starts(png).Where(at => ChangesPixels(Type(png, at))))
            copy.Write(png.AsSpan(at..Next(png, at)));
        return copy.ToArray();
    }

    // The positions of all chunks before the first that is incomplete.
    private static IEnumerable<int> Starts(byte[] png)
    {
        for (var at = SignatureLength; IsComplete(png, at); at = Next(png, at))
            yield return at;
    }

    private static ReadOnlySpan<byte> Type(byte[] png, int at) => png.AsSpan(at + TypeAt, TypeLength);

    // The critical chunks, whose first letter is uppercase, and transparency. Color profiles are not applied.
    private static bool ChangesPixels(ReadOnlySpan<byte> type) => type[0] is >= (byte)'A' and <= (byte)'Z' || type.SequenceEqual("tRNS"u8);

    private static bool IsComplete(byte[] png, int at)
        => at + HeadLength + ChecksumLength <= png.Length && Length(png, at) <= png.Length - at - HeadLength - ChecksumLength;

    private static bool IsIntact(byte[] png, int at)
    {
        var length = (int)Length(png, at);
        var checksum = BinaryPrimitives.ReadUInt32BigEndian(png.AsSpan(at + HeadLength + length));
        return Crc32.HashToUInt32(png.AsSpan(at + TypeAt, TypeLength + length)) == checksum;
    }

    private static long Length(byte[] png, int at) => BinaryPrimitives.ReadUInt32BigEndian(png.AsSpan(at));

    private static int Next(byte[] png, int at) => at + HeadLength + (int)Length(png, at) + ChecksumLength;

    private static string Name(ReadOnlySpan<byte> type)
    {
        foreach (var letter in type)
        {
            if (!char.IsAsciiLetter((char)letter))
                return Convert.ToHexString(type);
        }

        return Encoding.ASCII.GetString(type);
    }
}

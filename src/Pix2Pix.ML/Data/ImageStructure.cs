using System.Buffers.Binary;

namespace Pix2Pix.ML.Data;

/// <summary>Checks the lengths and blocks that GIF, WebP and BMP files consist of. The decoder stops after the first image.</summary>
internal static class ImageStructure
{
    private const int RiffHead = 8; // a chunk's name and length
    private const int RiffStart = 12; // the RIFF chunk's name, its length, and WEBP
    private const int GifHead = 13; // signature and logical screen descriptor
    private const int GifDescriptor = 10; // of an image
    private const int BmpLengthAt = 2;

    /// <summary>What is wrong with a GIF file, as a predicate, or null. Bytes after the trailer are ignored.</summary>
    public static string? OfGif(ReadOnlySpan<byte> gif)
    {
        const byte Extension = 0x21, Image = 0x2C, Trailer = 0x3B;
        if (gif.Length < GifHead)
            return "is truncated";
        var hasImage = false;
        for (var at = GifHead + ColorTable(gif[GifHead - 3]); ;)
        {
            if (at >= gif.Length)
                return "is truncated";
            switch (gif[at])
            {
                case Trailer:
                    return hasImage ? null : "is truncated or damaged: it has no image";
                case Extension:
                    at += 2; // introducer and label
                    break;
                case Image when at + GifDescriptor < gif.Length:
                    hasImage = true;
                    at += GifDescriptor + ColorTable(gif[at + GifDescriptor - 1]) + 1; // the length of the first codes
                    break;
                case Image:
                    return "is truncated";
                default:
                    return $"is damaged: it has no block at byte {at}, where another one ends";
            }

            while (at < gif.Length && gif[at] != 0) // blocks of data, each with its length
                at += 1 + gif[at];
            at++;
        }

        // A bit that tells whether there is a table, and three bits for its length.
        static int ColorTable(byte flags) => (flags & 0x80) == 0 ? 0 : 3 << ((flags & 7) + 1);
    }

    /// <summary>What is wrong with a WebP file, as a predicate, or null. Bytes after the RIFF chunk are ignored.</summary>
    public static string? OfWebP(ReadOnlySpan<byte> webP)
    {
        var end = webP.Length < RiffStart ? long.MaxValue : RiffHead + (long)Length(webP);
        if (end > webP.Length)
            return "is truncated";
        var at = (long)RiffStart;
        while (at + RiffHead <= end)
        {
            var length = Length(webP[(int)at..]);
            if (length > end - at - RiffHead)
                return $"is damaged: its chunk at byte {at} is longer than the file";
            at += RiffHead + length + (length & 1);
        }

        return at >= end ? null : "is damaged: its chunks do not add up to its length";
    }

    /// <summary>The content of a WebP file's EXIF chunk; empty if there is none.</summary>
    public static ReadOnlySpan<byte> ExifOfWebP(ReadOnlySpan<byte> webP)
    {
        for (long at = RiffStart; at + RiffHead <= webP.Length;)
        {
            var chunk = webP[(int)at..];
            var length = Length(chunk);
            if (chunk.StartsWith("EXIF"u8))
                return length <= chunk.Length - RiffHead ? chunk.Slice(RiffHead, (int)length) : [];
            at += RiffHead + length + (length & 1);
        }

        return [];
    }

    /// <summary>What is wrong with a BMP file, as a predicate, or null. Some encoders write no length.</summary>
    public static string? OfBmp(ReadOnlySpan<byte> bmp)
        => bmp.Length < BmpLengthAt + 4 || BinaryPrimitives.ReadUInt32LittleEndian(bmp[BmpLengthAt..]) > bmp.Length ? "is truncated" : null;

    private static uint Length(ReadOnlySpan<byte> chunk) => BinaryPrimitives.ReadUInt32LittleEndian(chunk[4..]);
}

using System.Buffers.Binary;
using SkiaSharp;

namespace Pix2Pix.ML.Data;

/// <summary>
/// Reads the EXIF orientation of a PNG file, which SkiaSharp does not report: tag 0x0112 of the first directory (CIPA DC-008) in the eXIf
/// chunk (PNG, third edition, section 11.3.4.5).
/// </summary>
internal static class PngOrientation
{
    private const int SignatureLength = 8;
    private const int HeadLength = 8; // a chunk's length and type
    private const int ChecksumLength = 4;
    private const int DirectoryAt = 4; // in the TIFF header, after byte order and version
    private const int EntryLength = 12; // tag, type, count, value
    private const int ValueAt = 8; // in an entry
    private const int Tag = 0x0112;

    /// <summary>The orientation; upright if the file has no valid one.</summary>
    public static SKEncodedOrigin Of(ReadOnlySpan<byte> png)
    {
        var origin = (SKEncodedOrigin)InDirectory(Exif(png));
        return Enum.IsDefined(origin) ? origin : SKEncodedOrigin.TopLeft;
    }

    // The bytes of the eXIf chunk, or an empty span.
    private static ReadOnlySpan<byte> Exif(ReadOnlySpan<byte> png)
    {
        for (long at = SignatureLength; at + HeadLength <= png.Length;)
        {
            var chunk = png[(int)at..];
            long length = BinaryPrimitives.ReadUInt32BigEndian(chunk);
            if (chunk[4..].StartsWith("eXIf"u8))
                return HeadLength + length <= chunk.Length ? chunk.Slice(HeadLength, (int)length) : [];
            at += HeadLength + length + ChecksumLength;
        }

        return [];
    }

    private static int InDirectory(ReadOnlySpan<byte> tiff)
    {
        var isLittle = tiff.StartsWith("II"u8);
        if (tiff.Length < DirectoryAt + 4 || !(isLittle || tiff.StartsWith("MM"u8)))
            return 0;
        var start = isLittle ? BinaryPrimitives.ReadUInt32LittleEndian(tiff[DirectoryAt..]) : BinaryPrimitives.ReadUInt32BigEndian(tiff[DirectoryAt..]);
        if (start > tiff.Length - 2)
            return 0;
        var directory = tiff[(int)start..];
        var entries = Short(directory, isLittle);
        for (var i = 0; i < entries && 2 + ((i + 1) * EntryLength) <= directory.Length; i++)
        {
            var entry = directory.Slice(2 + (i * EntryLength), EntryLength);
            if (Short(entry, isLittle) == Tag)
                return Short(entry[ValueAt..], isLittle);
        }

        return 0;
    }

    private static int Short(ReadOnlySpan<byte> bytes, bool isLittle)
        => isLittle ? BinaryPrimitives.ReadUInt16LittleEndian(bytes) : BinaryPrimitives.ReadUInt16BigEndian(bytes);
}

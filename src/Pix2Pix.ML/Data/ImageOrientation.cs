using System.Buffers.Binary;
using SkiaSharp;

namespace Pix2Pix.ML.Data;

/// <summary>
/// Reads the orientation from the EXIF data of an image file (CIPA DC-008, tag 0x0112), and rotates and mirrors pixels by it. The data is
/// the same in JPEG (a segment APP1), WebP (a chunk EXIF) and PNG (a chunk eXIf). An orientation in XMP data is not applied.
/// </summary>
/// <remarks>
/// PNG files that were converted from photographs have it: before python-pillow/Pillow#6819 (2023), Pillow wrote the EXIF data of an opened
/// JPEG to the PNG by default; libpng and libavif still write it if they are given it.
/// </remarks>
internal static class ImageOrientation
{
    private const int DirectoryAt = 4; // in the TIFF header, after byte order and version
    private const int EntryLength = 12; // tag, type, count, value
    private const int TypeAt = 2; // in an entry
    private const int ValueAt = 8;
    private const int Version = 42;
    private const int Tag = 0x0112;

    /// <summary>The orientation; upright if there is no valid one.</summary>
    /// <param name="exif">The EXIF data, with or without the prefix that JPEG requires.</param>
    public static SKEncodedOrigin InExif(ReadOnlySpan<byte> exif)
    {
        var prefix = "Exif\0\0"u8;
        var origin = (SKEncodedOrigin)InDirectory(exif.StartsWith(prefix) ? exif[prefix.Length..] : exif);
        return Enum.IsDefined(origin) ? origin : SKEncodedOrigin.TopLeft;
    }

    /// <summary>Whether width and height are swapped between the stored and the upright image.</summary>
    public static bool IsTurned(SKEncodedOrigin origin) => origin >= SKEncodedOrigin.LeftTop;

    /// <summary>Copies pixels to their upright position.</summary>
    /// <param name="stored">The pixels as stored, row by row.</param>
    /// <param name="width">The width as stored.</param>
    /// <param name="origin">The position of the first row and first column of the stored pixels in the upright image.</param>
    /// <param name="upright">The destination, with the same number of pixels.</param>
    public static void Turn(ReadOnlySpan<uint> stored, int width, SKEncodedOrigin origin, Span<uint> upright)
    {
        var height = stored.Length / width;
        // The steps in the stored pixels for one pixel right and one pixel down in the upright image, and the starting offset.
        var (right, down, start) = origin switch
        {
            SKEncodedOrigin.TopRight => (-1, width, width - 1),
            SKEncodedOrigin.BottomRight => (-1, -width, stored.Length - 1),
            SKEncodedOrigin.BottomLeft => (1, -width, stored.Length - width),
            SKEncodedOrigin.LeftTop => (width, 1, 0),
            SKEncodedOrigin.RightTop => (-width, 1, stored.Length - width),
            SKEncodedOrigin.RightBottom => (-width, -1, stored.Length - 1),
            SKEncodedOrigin.LeftBottom => (width, -1, width - 1),
            _ => (1, width, 0),
        };
        var columns = IsTurned(origin) ? height : width;
        for (var i = 0; i < upright.Length; i++)
            upright[i] = stored[start + (i % columns * right) + (i / columns * down)];
    }

    private static uint InDirectory(ReadOnlySpan<byte> tiff)
    {
        var isLittle = tiff.StartsWith("II"u8);
        if (tiff.Length < DirectoryAt + 4 || !(isLittle || tiff.StartsWith("MM"u8)) || Short(tiff[2..], isLittle) != Version)
            return 0;
        var start = Long(tiff[DirectoryAt..], isLittle);
        if (start > tiff.Length - 2)
            return 0;
        var directory = tiff[(int)start..];
        var entries = Short(directory, isLittle);
        for (var i = 0; i < entries && 2 + ((i + 1) * EntryLength) <= directory.Length; i++)
        {
            var entry = directory.Slice(2 + (i * EntryLength), EntryLength);
            if (Short(entry, isLittle) == Tag)
                return Value(entry, isLittle);
        }

        return 0;
    }

    // DC-008 requires the type SHORT; some encoders write LONG.
    private static uint Value(ReadOnlySpan<byte> entry, bool isLittle) => Short(entry[TypeAt..], isLittle) switch
    {
        3 or 8 => Short(entry[ValueAt..], isLittle), // SHORT, SSHORT
        4 or 9 => Long(entry[ValueAt..], isLittle), // LONG, SLONG
        _ => 0,
    };

    private static ushort Short(ReadOnlySpan<byte> bytes, bool isLittle)
        => isLittle ? BinaryPrimitives.ReadUInt16LittleEndian(bytes) : BinaryPrimitives.ReadUInt16BigEndian(bytes);

    private static uint Long(ReadOnlySpan<byte> bytes, bool isLittle)
        => isLittle ? BinaryPrimitives.ReadUInt32LittleEndian(bytes) : BinaryPrimitives.ReadUInt32BigEndian(bytes);
}

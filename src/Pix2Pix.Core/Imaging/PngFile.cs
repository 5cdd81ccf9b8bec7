using System.Buffers.Binary;
using System.IO.Compression;

namespace Pix2Pix.Imaging;

/// <summary>
/// Writes images as PNG files with 8 bits per channel: one channel as grayscale, three as RGB, four as RGB with straight (not
/// premultiplied) alpha. No image library is needed.
/// </summary>
/// <remarks>
/// Source: W3C, "Portable Network Graphics (PNG) Specification". The file contains no color space chunk; readers interpret the pixels as
/// sRGB. All methods are pure and thread-safe.
/// </remarks>
public static class PngFile
{
    private const byte BitDepth = 8;

    /// <summary>Writes a PNG file.</summary>
    /// <param name="image">An image with one, three or four channels.</param>
    /// <param name="stream">The stream to write to, starting at its current position. It is left open.</param>
    /// <exception cref="ArgumentException">The image has two channels.</exception>
    public static void Write(PixelImage image, Stream stream)
    {
        ArgumentNullException.ThrowIfNull(image);
        ArgumentNullException.ThrowIfNull(stream);
        byte colorType = ColorType(image);
        stream.Write([0x89, (byte)'P', (byte)'N', (byte)'G', (byte)'\r', (byte)'\n', 0x1A, (byte)'\n']);
        WriteHeader(image, colorType, stream);
        using (var data = new PngDataStream(stream))
        using (var compressed = new ZLibStream(data, CompressionLevel.Optimal))
            WriteRows(image, compressed);
        PngChunk.Write(stream, "IEND"u8, []);
    }

    private static byte ColorType(PixelImage image) => image.Channels switch
    {
        1 => 0, // grayscale
        3 => 2, // truecolor
        4 => 6, // truecolor with alpha
        _ => throw new ArgumentException(
            $"A PNG file holds one channel (gray), three (RGB) or four (RGBA), but the image has {image.Channels}. Convert it first.",
            nameof(image)),
    };

    private static void WriteHeader(PixelImage image, byte colorType, Stream stream)
    {
        Span<byte> header = stackalloc byte[13]; // compression, filter and interlace methods stay 0
        BinaryPrimitives.WriteInt32BigEndian(header, image.Width);
        BinaryPrimitives.WriteInt32BigEndian(header[4..], image.Height);
        header[8] = BitDepth;
        header[9] = colorType;
        PngChunk.Write(stream, "IHDR"u8, header);
    }

    private static void WriteRows(PixelImage image, Stream compressed)
    {
        int rowBytes = image.Channels * image.Width;
        var filter = new PngFilter(rowBytes, image.Channels);
        ReadOnlySpan<byte> above = new byte[rowBytes];
        for (int y = 0; y < image.Height; y++)
        {
            ReadOnlySpan<byte> row = image.Pixels.AsSpan(y * rowBytes, rowBytes);
            compressed.Write(filter.Best(row, above));
            above = row;
        }
    }
}

using System.Buffers.Binary;
using System.IO.Compression;
using System.IO.Hashing;

namespace Pix2Pix.Imaging;

/// <summary>
/// Writes images as PNG files with 8 bits per channel: one channel as grayscale, three as RGB, four as RGB with straight (not
/// premultiplied) alpha. No image library is needed.
/// </summary>
/// <remarks>
/// Source: W3C, "Portable Network Graphics (PNG) Specification". The file contains no color space chunk; readers interpret the pixels as
/// sRGB. All methods are pure and thread-safe.
/// </remarks>
// SkiaSharp would bring an encoder, but on Linux an application without ML.NET lacks its native library: neither TorchSharp nor SkiaSharp
// references SkiaSharp.NativeAssets.Linux.
internal static class PngFile
{
    private const byte BitDepth = 8;
    private const int ChunkBytes = 1 << 16; // so that the compressed image is never in memory as a whole

    /// <summary>Writes a PNG file.</summary>
    /// <param name="image">An image with one, three or four channels.</param>
    /// <param name="stream">The stream to write to, starting at its current position. It is left open.</param>
    /// <exception cref="ArgumentException">The image has two channels.</exception>
    public static void Write(PixelImage image, Stream stream)
    {
        ArgumentNullException.ThrowIfNull(image);
        ArgumentNullException.ThrowIfNull(stream);
        Span<byte> header = stackalloc byte[13]; // compression, filter and interlace methods stay 0
        BinaryPrimitives.WriteInt32BigEndian(header, image.Width);
        BinaryPrimitives.WriteInt32BigEndian(header[4..], image.Height);
        header[8] = BitDepth;
        header[9] = ColorType(image);

        stream.Write([0x89, (byte)'P', (byte)'N', (byte)'G', (byte)'\r', (byte)'\n', 0x1A, (byte)'\n']);
        WriteChunk(stream, "IHDR"u8, header);
        WriteRows(image, stream);
        WriteChunk(stream, "IEND"u8, []);
    }

    private static byte ColorType(PixelImage image) => image.Channels switch
    {
        1 => 0, // grayscale
        3 => 2, // truecolor
        4 => 6, // truecolor with alpha
        _ => throw new ArgumentException(
            $"A PNG file has one channel (gray), three (RGB) or four (RGBA), but the image has {image.Channels}. Convert it first.",
            nameof(image)),
    };

    private static void WriteRows(PixelImage image, Stream stream)
    {
        int rowBytes = image.Channels * image.Width;
        var (best, trial) = (new byte[rowBytes + 1], new byte[rowBytes + 1]);
        ReadOnlySpan<byte> above = new byte[rowBytes];
        using var compressed = new MemoryStream();
        using (var compressor = new ZLibStream(compressed, CompressionLevel.Optimal, leaveOpen: true))
        {
            for (int y = 0; y < image.Height; y++)
            {
                ReadOnlySpan<byte> row = image.Pixels.AsSpan(y * rowBytes, rowBytes);
                Filter(row, above, image.Channels, ref best, ref trial);
                compressor.Write(best);
                above = row;
                if (compressed.Length >= ChunkBytes)
                    WriteData(stream, compressed);
            }
        }

        WriteData(stream, compressed);
    }

    private static void WriteData(Stream stream, MemoryStream compressed)
    {
        WriteChunk(stream, "IDAT"u8, compressed.GetBuffer().AsSpan(0, (int)compressed.Length));
        compressed.SetLength(0);
    }

    /// <summary>Writes length, type, data, and the CRC-32 of type and data.</summary>
    private static void WriteChunk(Stream stream, ReadOnlySpan<byte> type, ReadOnlySpan<byte> bytes)
    {
        var crc = new Crc32();
        crc.Append(type);
        crc.Append(bytes);
        Span<byte> number = stackalloc byte[sizeof(uint)];
        BinaryPrimitives.WriteInt32BigEndian(number, bytes.Length);
        stream.Write(number);
        stream.Write(type);
        stream.Write(bytes);
        BinaryPrimitives.WriteUInt32BigEndian(number, crc.GetCurrentHashAsUInt32());
        stream.Write(number);
    }

    /// <summary>
    /// Converts a row to differences from its neighbors, which compress better. Of the five filters, it chooses the one whose differences,
    /// read as signed bytes, have the smallest sum of absolute values, as the specification recommends in section "Filtering".
    /// </summary>
    /// <param name="row">The bytes of a row.</param>
    /// <param name="above">The bytes of the row above; zeros for the first row.</param>
    /// <param name="pixelBytes">The number of bytes of a pixel.</param>
    /// <param name="best">Receives the type of the filter, followed by the differences.</param>
    /// <param name="trial">A buffer of the same length.</param>
    private static void Filter(ReadOnlySpan<byte> row, ReadOnlySpan<byte> above, int pixelBytes, ref byte[] best, ref byte[] trial)
    {
        long smallest = long.MaxValue;
        for (int type = 0; type < 5; type++) // None, Sub, Up, Average, Paeth
        {
            long sum = 0;
            trial[0] = (byte)type;
            for (int i = 0; i < row.Length; i++)
            {
                var (left, corner) = i < pixelBytes ? (0, 0) : (row[i - pixelBytes], above[i - pixelBytes]);
                int expected = type switch
                {
                    0 => 0,
                    1 => left,
                    2 => above[i],
                    3 => (left + above[i]) / 2,
                    _ => Paeth(left, above[i], corner),
                };
                trial[i + 1] = (byte)(row[i] - expected);
                sum += Math.Abs((int)(sbyte)trial[i + 1]);
            }

            if (sum < smallest)
                (smallest, best, trial) = (sum, trial, best);
        }
    }

    /// <summary>Returns the neighbor that is nearest to left + above - corner. Ties are resolved in this order.</summary>
    private static int Paeth(int left, int above, int corner)
    {
        int fromLeft = Math.Abs(above - corner);
        int fromAbove = Math.Abs(left - corner);
        int fromCorner = Math.Abs(left + above - 2 * corner);
        if (fromLeft <= fromAbove && fromLeft <= fromCorner)
            return left;
        return fromAbove <= fromCorner ? above : corner;
    }
}

using System.Buffers.Binary;
using System.IO.Compression;
using System.IO.Hashing;
using System.Runtime.InteropServices;
using System.Text;
using Pix2Pix.Imaging;
using Pix2Pix.ML.Data;
using SkiaSharp;

namespace Pix2Pix.ML.Tests.Data;

/// <summary>Creates image files in various formats and with various faults.</summary>
internal static class ImageBytes
{
    public static byte[] Png(int seed, int width = 16, int height = 12)
    {
        using var image = TestImages.Input(seed, width, height);
        using var stream = new MemoryStream();
        PngFile.Write(PixelLayout.ToPicture(image, ImageChannels.Rgb), stream);
        return stream.ToArray();
    }

    public static byte[] Jpeg(int seed, int width = 16, int height = 12) => Encode(seed, width, height, SKEncodedImageFormat.Jpeg);

    public static byte[] WebP(int seed, int width = 16, int height = 12) => Encode(seed, width, height, SKEncodedImageFormat.Webp);

    /// <summary>24 bits a pixel, rows from the bottom, whole words.</summary>
    public static byte[] Bmp(int seed, int width = 16, int height = 12)
    {
        using var image = TestImages.Input(seed, width, height);
        var row = (3 * width + 3) / 4 * 4;
        var bytes = new byte[54 + row * height];
        "BM"u8.CopyTo(bytes);
        foreach (var (at, value) in (ReadOnlySpan<(int, int)>)[(2, bytes.Length), (10, 54), (14, 40), (18, width), (22, height), (26, 1 | (24 << 16)), (34, row * height)])
            BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(at), value);
        for (var i = 0; i < width * height; i++)
            image.Pixels.Slice(4 * i, 3).CopyTo(bytes.AsSpan(54 + ((height - 1 - i / width) * row) + (3 * (i % width))));
        return bytes;
    }

    /// <summary>128 colors. A clear code before the table grows past 8 bits, so that each code is a literal.</summary>
    public static byte[] Gif(int seed, int width = 16, int height = 12)
    {
        const int Colors = 128, Clear = Colors, End = Colors + 1, Run = 100, BlockLength = 255;
        List<byte> codes = [];
        for (var i = 0; i < width * height; i++)
            codes.AddRange(i % Run == 0 ? [Clear, (byte)((seed + (i * 3)) % Colors)] : [(byte)((seed + (i * 3)) % Colors)]);
        codes.Add(End);
        byte[] size = [(byte)width, (byte)(width >> 8), (byte)height, (byte)(height >> 8)];
        return
        [
            .. "GIF89a"u8, .. size, 0xF6, 0, 0, .. Enumerable.Range(0, Colors).SelectMany(i => (byte[])[(byte)(2 * i), (byte)(255 - i), (byte)(i * 5)]),
            0x2C, 0, 0, 0, 0, .. size, 0, 7, .. codes.Chunk(BlockLength).SelectMany(block => (byte[])[(byte)block.Length, .. block]), 0, 0x3B,
        ];
    }

    /// <summary>Gray; the upper byte of each value is its column, the lower one 255.</summary>
    public static byte[] Png16(int width = 16, int height = 12)
    {
        var rows = new MemoryStream();
        using (var zlib = new ZLibStream(rows, CompressionLevel.Fastest, leaveOpen: true))
        {
            for (var y = 0; y < height; y++)
                zlib.Write([0, .. Enumerable.Range(0, width).SelectMany(x => (byte[])[(byte)x, 255])]);
        }

        return [.. PngSignature, .. Chunk("IHDR", Header(width, height, depth: 16)), .. Chunk("IDAT", rows.ToArray()), .. Chunk("IEND", [])];
    }

    /// <summary>A header with any size, followed only by the end.</summary>
    public static byte[] PngBomb(int width, int height)
        => [.. PngSignature, .. Chunk("IHDR", Header(width, height, depth: 8)), .. Chunk("IDAT", [0x78, 0x9C, 3, 0, 0, 0, 0, 1]), .. Chunk("IEND", [])];

    /// <summary>A JPEG file with an EXIF orientation from 1 to 8.</summary>
    public static byte[] Turned(int orientation, byte[] jpeg)
    {
        byte[] exif =
        [
            .. "Exif\0\0II*\0"u8, 8, 0, 0, 0, 1, 0, // one entry: tag 0x0112, one short
            0x12, 0x01, 3, 0, 1, 0, 0, 0, (byte)orientation, 0, 0, 0, 0, 0, 0, 0,
        ];
        return [.. jpeg[..2], 0xFF, 0xE1, 0, (byte)(exif.Length + 2), .. exif, .. jpeg[2..]];
    }

    /// <summary>A PNG file with an EXIF orientation from 1 to 8, after its header.</summary>
    public static byte[] Turned(int orientation, byte[] png, bool littleEndian)
    {
        byte[] exif = littleEndian
            ? [.. "II*\0"u8, 8, 0, 0, 0, 1, 0, 0x12, 0x01, 3, 0, 1, 0, 0, 0, (byte)orientation, 0, 0, 0, 0, 0, 0, 0]
            : [.. "MM\0*"u8, 0, 0, 0, 8, 0, 1, 0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, (byte)orientation, 0, 0, 0, 0, 0, 0];
        return WithExif(exif, png);
    }

    /// <summary>A PNG file with this chunk after its header.</summary>
    public static byte[] WithExif(byte[] exif, byte[] png)
    {
        const int HeaderLength = 33; // signature and header
        return [.. png[..HeaderLength], .. Chunk("eXIf", exif), .. png[HeaderLength..]];
    }

    /// <summary>Flips a bit of the pixels.</summary>
    public static byte[] Damaged(byte[] png)
    {
        var data = png.AsSpan().IndexOf("IDAT"u8) + 4;
        png[data + 10] ^= 0x10;
        return png;
    }

    private static ReadOnlySpan<byte> PngSignature => [0x89, (byte)'P', (byte)'N', (byte)'G', 13, 10, 26, 10];

    private static byte[] Header(int width, int height, byte depth)
    {
        byte[] header = new byte[13];
        BinaryPrimitives.WriteInt32BigEndian(header, width);
        BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(4), height);
        header[8] = depth;
        return header;
    }

    public static byte[] Chunk(string type, byte[] data)
    {
        byte[] named = [.. Encoding.ASCII.GetBytes(type), .. data];
        byte[] length = new byte[4], crc = new byte[4];
        BinaryPrimitives.WriteInt32BigEndian(length, data.Length);
        BinaryPrimitives.WriteUInt32BigEndian(crc, Crc32.HashToUInt32(named));
        return [.. length, .. named, .. crc];
    }

    private static byte[] Encode(int seed, int width, int height, SKEncodedImageFormat format)
    {
        using var image = TestImages.Input(seed, width, height);
        using var bitmap = new SKBitmap(new SKImageInfo(width, height, SKColorType.Bgra8888, SKAlphaType.Opaque));
        Marshal.Copy(image.Pixels.ToArray(), 0, bitmap.GetPixels(), 4 * width * height);
        using var data = bitmap.Encode(format, 95);
        return data.ToArray();
    }
}

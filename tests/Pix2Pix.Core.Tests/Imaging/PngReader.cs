using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;
using Pix2Pix.Imaging;

namespace Pix2Pix.Core.Tests.Imaging;

/// <summary>Reads 8-bit PNG files strictly by the specification, and rejects everything else.</summary>
internal static class PngReader
{
    public static List<(string Type, byte[] Bytes)> Chunks(byte[] file)
    {
        Assert.Equal([0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A], file[..8]);
        var chunks = new List<(string, byte[])>();
        var rest = file.AsSpan(8);
        while (rest.Length > 0)
        {
            var length = BinaryPrimitives.ReadInt32BigEndian(rest);
            Assert.Equal(Crc(rest.Slice(4, 4 + length)), BinaryPrimitives.ReadUInt32BigEndian(rest[(8 + length)..]));
            chunks.Add((Encoding.ASCII.GetString(rest.Slice(4, 4)), rest.Slice(8, length).ToArray()));
            rest = rest[(12 + length)..];
        }

        return chunks;
    }

    public static PixelImage Read(byte[] file)
    {
        var chunks = Chunks(file);
        Assert.Equal("IHDR", chunks[0].Type);
        Assert.Equal(("IEND", 0), (chunks[^1].Type, chunks[^1].Bytes.Length));
        Assert.All(chunks[1..^1], chunk => Assert.Equal("IDAT", chunk.Type));
        var header = chunks[0].Bytes;
        var (width, height) = (BinaryPrimitives.ReadInt32BigEndian(header), BinaryPrimitives.ReadInt32BigEndian(header.AsSpan(4)));
        Assert.Equal([8, 0, 0, 0], (byte[])[header[8], .. header[10..]]);
        var channels = header[9] switch { 0 => 1, 2 => 3, 6 => 4, var type => throw new InvalidDataException($"Color type {type}.") };
        return new PixelImage(width, height, Unfiltered(Rows(chunks), width * channels, height, channels), channels);
    }

    /// <summary>The filtered rows, each preceded by its filter type.</summary>
    public static byte[] Rows(List<(string Type, byte[] Bytes)> chunks)
    {
        using var data = new ZLibStream(new MemoryStream([.. chunks[1..^1].SelectMany(c => c.Bytes)]), CompressionMode.Decompress);
        using var rows = new MemoryStream();
        data.CopyTo(rows);
        return rows.ToArray();
    }

    private static byte[] Unfiltered(byte[] filtered, int rowBytes, int height, int channels)
    {
        Assert.Equal((rowBytes + 1) * height, filtered.Length);
        var result = new byte[rowBytes * height];
        for (var i = 0; i < result.Length; i++)
        {
            var (y, x) = Math.DivRem(i, rowBytes);
            int a = x < channels ? 0 : result[i - channels];
            int b = y == 0 ? 0 : result[i - rowBytes];
            int c = x < channels || y == 0 ? 0 : result[i - rowBytes - channels];
            var p = a + b - c;
            var (pa, pb, pc) = (Math.Abs(p - a), Math.Abs(p - b), Math.Abs(p - c));
            var predicted = filtered[y * (rowBytes + 1)] switch
            {
                0 => 0,
                1 => a,
                2 => b,
                3 => (a + b) / 2,
                4 => pa <= pb && pa <= pc ? a : pb <= pc ? b : c,
                var filter => throw new InvalidDataException($"Filter {filter}."),
            };
            result[i] = (byte)(filtered[y * (rowBytes + 1) + 1 + x] + predicted);
        }

        return result;
    }

    private static uint Crc(ReadOnlySpan<byte> bytes)
    {
        var crc = uint.MaxValue;
        foreach (var value in bytes)
        {
            crc ^= value;
            for (var bit = 0; bit < 8; bit++)
                crc = (crc & 1) == 0 ? crc >> 1 : (crc >> 1) ^ 0xEDB88320;
        }

        return ~crc;
    }
}

using Microsoft.ML.Data;
using Pix2Pix.ML.Data;

namespace Pix2Pix.ML.Tests.Data;

public sealed class JpegSegmentsTests
{
    private const byte Sof = 0xC0;
    private const byte Sos = 0xDA;

    // Written by cjpeg -grayscale -restart 1B: 32x16 pixels, a restart marker after each of the first seven blocks.
    private static readonly byte[] Restarts = Convert.FromBase64String(
        "/9j/4AAQSkZJRgABAQAAAQABAAD/2wBDABsSFBcUERsXFhceHBsgKEIrKCUlKFE6PTBCYFVlZF9VXVtqeJmBanGQc1tdhbWGkJ6jq62rZ4C8ybqmx5moq6T/" +
        "wAALCAAQACABAREA/8QAFwAAAwEAAAAAAAAAAAAAAAAAAwQFAv/EACQQAAIBAwMDBQAAAAAAAAAAAAEDBAACYRExUQUhQRITI0Kx/90ABAAB/9oACAEBAAA/" +
        "AJiIuK//0MIi4r//0XkRcV//0npk+L04em75HeF2Eajtr34G1f/TOiLiv//UpkJiq917LV2Dzcd8Dk4r/9Uc/rbHEpg6qWCQW/a4Y4/dtq//1piIuK//2Q==");

    public static TheoryData<string, byte[], string> Damaged => new()
    {
        { "no end", Jpeg()[..^2], "is truncated" },
        { "no scan", [0xFF, 0xD8, 0xFF, 0xD9], "is truncated or damaged: it has no scan" },
        { "bytes between segments", [.. Jpeg()[..2], 1, 2, .. Jpeg()[2..]], "is damaged: it has no marker at byte 2, where a segment ends" },
        {
            "a header and two bytes", [.. Jpeg()[..ScanData(Jpeg())], 1, 2, 0xFF, 0xD9],
            "is truncated or damaged: a scan has 2 bytes; expected at least 18 for 64x48 pixels"
        },
        {
            "a scan of another component", Changed(Jpeg(), ScanHeader(Jpeg()) + 5, 9),
            "is truncated or damaged: it has no scan for one of its color components"
        },
        { "many scans", Scans(101), "has more than 100 scans, which takes too long to decode; convert it to PNG" },
        {
            "restart markers out of order", Changed(Restarts, Marker(Restarts, 0xD1) + 1, 0xD2),
            "is damaged: its restart marker at byte 191 is out of order"
        },
        {
            "too few restart markers", WithoutRestarts(from: 0xD5),
            "is truncated or damaged: a scan has 5 restart markers; expected 7"
        },
    };

    [Theory]
    [MemberData(nameof(Damaged))]
    public void Problem_DamagedFile_IsSaid(string name, byte[] jpeg, string problem)
    {
        Assert.True(problem == new JpegSegments(jpeg).Problem, $"{name}: {new JpegSegments(jpeg).Problem}");
    }

    [Fact]
    public void Problem_WholeFiles_HaveNone()
    {
        byte[] comment = [0xFF, 0xFE, 0, 4, 1, 2];
        byte[] commented = [.. Jpeg()[..2], .. comment, 0xFF, 0xFF, .. Jpeg()[2..]];
        foreach (var jpeg in (byte[][])[Jpeg(), Restarts, Scans(100), [.. Jpeg(), 1, 2, 3], commented])
            Assert.Null(new JpegSegments(jpeg).Problem);
    }

    /// <summary>The decoder keeps each of these segments.</summary>
    [Theory]
    [InlineData((byte)0xE1)]
    [InlineData((byte)0xE2)]
    [InlineData((byte)0xFE)]
    public void Decode_ManySegmentsWithoutPixels_GivesTheSamePixels(byte type)
    {
        var jpeg = Jpeg();
        byte[] segment = [0xFF, type, 0xFF, 0xFF, .. new byte[0xFFFD]];
        byte[] longer = [.. jpeg[..2], .. Enumerable.Repeat(segment, 200).SelectMany(bytes => bytes), .. jpeg[2..]];

        Assert.Equal(jpeg, new JpegSegments(longer).ForDecoder(longer));
        Assert.Equal(Pixels(jpeg), Pixels(longer));
        Assert.Same(jpeg, new JpegSegments(jpeg).ForDecoder(jpeg));
    }

    [Fact]
    public void Problem_MoreSegmentsThanAnyEncoderWrites_IsSaid()
    {
        var jpeg = Jpeg();
        byte[] longer = [.. jpeg[..2], .. Enumerable.Repeat<byte[]>([0xFF, 0xFE, 0, 2], 1 << 16).SelectMany(bytes => bytes), .. jpeg[2..]];

        using var image = new EncodedImage(longer); // the decoder would take minutes

        Assert.Equal($"is damaged: its segment at byte {2 + (4 << 16)} has no length, or it has more than 65,536 segments", image.Problem);
    }

    /// <summary>A few hundred bytes that claim a gibibyte of pixels are refused before memory is allocated.</summary>
    [Fact]
    public void Problem_HeaderOfALargeImage_IsSaidWithoutDecoding()
    {
        var jpeg = Jpeg();
        var size = Marker(jpeg, Sof) + 5;
        byte[] bomb = [.. jpeg[..size], 0x10, 0, 0x80, 0, .. jpeg[(size + 4)..]]; // 32768x4096

        using var image = new EncodedImage(bomb);

        Assert.EndsWith("bytes; expected at least 786,432 for 32768x4096 pixels", image.Problem);
    }

    private static byte[] Jpeg() => ImageBytes.Jpeg(seed: 1, 64, 48);

    private static byte[] Scans(int count)
    {
        var jpeg = Jpeg();
        var scan = jpeg[ScanHeader(jpeg)..^2];
        return [.. jpeg[..ScanHeader(jpeg)], .. Enumerable.Repeat(scan, count).SelectMany(bytes => bytes), 0xFF, 0xD9];
    }

    private static byte[] WithoutRestarts(byte from)
    {
        var jpeg = Restarts.ToList();
        for (var type = from; type < 0xD7; type++)
            jpeg.RemoveRange(Marker([.. jpeg], type), 2);
        return [.. jpeg];
    }

    private static byte[] Changed(byte[] bytes, int at, byte value)
    {
        byte[] changed = [.. bytes];
        changed[at] = value;
        return changed;
    }

    private static int ScanHeader(byte[] jpeg) => Marker(jpeg, Sos);

    private static int ScanData(byte[] jpeg) => ScanHeader(jpeg) + 2 + jpeg[ScanHeader(jpeg) + 3];

    private static int Marker(byte[] jpeg, byte type) => jpeg.AsSpan().IndexOf((ReadOnlySpan<byte>)[0xFF, type]);

    private static byte[] Pixels(byte[] file)
    {
        using var image = new EncodedImage(file);
        using MLImage decoded = image.Decode(out var problem) ?? throw new InvalidOperationException(problem);
        return decoded.Pixels.ToArray();
    }
}

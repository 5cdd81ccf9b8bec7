using System.Buffers.Binary;
using Pix2Pix.ML.Data;

namespace Pix2Pix.ML.Tests.Data;

public sealed class ImageStructureTests
{
    private const int GifBlocks = 13 + 384; // header and color table

    /// <summary>These formats have no checksums, but lengths that a file with missing bytes does not reach.</summary>
    [Theory]
    [InlineData("webp", 1)]
    [InlineData("webp", 13)]
    [InlineData("webp", 200)]
    [InlineData("bmp", 1)]
    [InlineData("bmp", 13)]
    [InlineData("bmp", 200)]
    public void Decode_BytesAreMissing_NeverGivesOtherPixels(string format, int count)
    {
        var file = format == "webp" ? ImageBytes.WebP(seed: 1, 24, 24) : ImageBytes.Bmp(seed: 1, 24, 24);
        var expected = Pixels(file);
        Assert.NotNull(expected);

        for (var at = 8; at + count <= file.Length; at++)
        {
            if (Pixels([.. file[..at], .. file[(at + count)..]]) is { } pixels)
                Assert.True(pixels.AsSpan().SequenceEqual(expected), $"{count} bytes at {at}");
        }
    }

    [Fact]
    public void Problem_WholeFiles_HaveNone()
    {
        var gif = ImageBytes.Gif(seed: 1);
        byte[] comment = [0x21, 0xFE, 3, 1, 2, 3, 1, 4, 0];

        Assert.NotNull(Pixels(gif));
        Assert.Null(ImageStructure.OfGif([.. gif, 1, 2]));
        byte[] animated = [.. gif[..GifBlocks], .. comment, .. gif[GifBlocks..^1], .. comment, .. gif[GifBlocks..]];
        Assert.Null(ImageStructure.OfGif(animated));
        Assert.Null(ImageStructure.OfWebP([.. ImageBytes.WebP(seed: 1), 1, 2]));
        Assert.Null(ImageStructure.OfBmp(ImageBytes.Bmp(seed: 1)));
        var bmp = ImageBytes.Bmp(seed: 1);
        bmp.AsSpan(2, 4).Clear(); // no length, as some encoders write it
        Assert.Null(ImageStructure.OfBmp(bmp));
    }

    [Fact]
    public void OfGif_DamagedFile_IsSaid()
    {
        var gif = ImageBytes.Gif(seed: 1);

        Assert.Equal("is truncated", ImageStructure.OfGif(gif.AsSpan(0, 12)));
        Assert.Equal("is truncated", ImageStructure.OfGif(gif.AsSpan(0, GifBlocks + 9)));
        Assert.Equal("is truncated", ImageStructure.OfGif(gif.AsSpan(0, gif.Length - 1))); // all pixels, no trailer
        Assert.Equal("is truncated or damaged: it has no image", ImageStructure.OfGif([.. gif[..GifBlocks], 0x3B]));
        Assert.Equal(
            $"is damaged: it has no block at byte {GifBlocks}, where another one ends",
            ImageStructure.OfGif([.. gif[..GifBlocks], 1, .. gif[GifBlocks..]]));
    }

    [Fact]
    public void OfWebP_DamagedFile_IsSaid()
    {
        var webP = ImageBytes.WebP(seed: 1);

        Assert.Equal("is truncated", ImageStructure.OfWebP(webP.AsSpan(0, 11)));
        Assert.Equal("is truncated", ImageStructure.OfWebP(webP.AsSpan(0, webP.Length - 1)));
        Assert.Equal(
            "is damaged: its chunk at byte 12 is longer than the file",
            ImageStructure.OfWebP(With(webP, 4, webP.Length - 10)));
        Assert.Equal(
            "is damaged: its chunks do not add up to its length",
            ImageStructure.OfWebP([.. With(webP, 4, webP.Length - 4), 1, 2, 3, 4]));
    }

    private static byte[] With(byte[] bytes, int at, int value)
    {
        byte[] changed = [.. bytes];
        BinaryPrimitives.WriteInt32LittleEndian(changed.AsSpan(at), value);
        return changed;
    }

    private static byte[]? Pixels(byte[] file)
    {
        using var encoded = new EncodedImage(file);
        using var image = encoded.Decode(out _);
        return image?.Pixels.ToArray();
    }
}

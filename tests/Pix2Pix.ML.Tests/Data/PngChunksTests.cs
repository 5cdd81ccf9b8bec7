using System.Text;
using Microsoft.ML.Data;
using Pix2Pix.ML.Data;
using SkiaSharp;

namespace Pix2Pix.ML.Tests.Data;

public sealed class PngChunksTests
{
    /// <summary>Any deletion, anywhere: the pixels are right, or the file is refused.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(13)]
    [InlineData(30)]
    [InlineData(200)]
    public void Decode_BytesAreMissing_NeverGivesOtherPixels(int count)
    {
        var png = ImageBytes.Png(seed: 1, 24, 24);
        var expected = Pixels(png);

        for (var at = 8; at + count <= png.Length; at++)
        {
            byte[] damaged = [.. png[..at], .. png[(at + count)..]];
            using var image = new EncodedImage(damaged);
            if (image.Decode(out var problem) is { } decoded)
                Assert.True(decoded.Pixels.SequenceEqual(expected), $"{count} bytes at {at}");
            else
                Assert.Matches("^is (truncated|damaged)|^is not an image", problem);
        }
    }

    [Theory]
    [InlineData("IHDR", "is damaged: the checksum of its chunk IHDR does not match")]
    [InlineData("IDAT", "is damaged: the checksum of its chunk IDAT does not match")]
    [InlineData("IEND", "is damaged: the checksum of its chunk IEND does not match")]
    public void Problem_OtherChecksum_NamesTheChunk(string chunk, string problem)
    {
        var png = ImageBytes.Png(seed: 1);
        var at = png.AsSpan().IndexOf(Encoding.ASCII.GetBytes(chunk));
        var length = (png[at - 2] << 8) | png[at - 1];
        png[at + 4 + length] ^= 1;

        Assert.Equal(problem, PngChunks.Problem(png));
    }

    [Fact]
    public void Problem_NoImageData_IsSaid()
    {
        var png = ImageBytes.Png(seed: 1);

        Assert.Equal("is damaged: it has no chunk IDAT", PngChunks.Problem([.. png[..33], .. png[^12..]]));
        Assert.Equal("is damaged: it does not begin with the chunk IHDR", PngChunks.Problem([.. png[..8], .. png[33..]]));
    }

    [Fact]
    public void Decode_BytesAfterTheEndAndOtherChecksumOfText_AreIgnored()
    {
        var png = ImageBytes.Png(seed: 1);
        var text = ImageBytes.Chunk("tEXt", [.. "Title"u8, 0, 1, 2]);
        text[^1] ^= 1;

        Assert.Equal(Pixels(png), Pixels([.. png[..33], .. text, .. png[33..], 1, 2, 3]));
    }

    /// <summary>The decoder took 6 to 48 seconds for such chunks.</summary>
    [Theory]
    [InlineData("tEXt")]
    [InlineData("zTXt")]
    [InlineData("iCCP")]
    [InlineData("eXIf")]
    public void Decode_LongAncillaryChunk_GivesTheSamePixels(string type)
    {
        var png = Wide();
        var chunk = ImageBytes.Chunk(type, [.. "Name"u8, 0, 0, .. new byte[8 << 20]]);

        Assert.NotEqual(-1, png.AsSpan().IndexOf("iCCP"u8));
        byte[] longer = [.. png[..33], .. chunk, .. png[33..]];
        Assert.InRange(PngChunks.ForDecoder(longer).Length, 100, png.Length);
        Assert.Equal(Pixels(png), Pixels(longer));
    }

    [Fact]
    public void ForDecoder_ShortAncillaryChunks_IsTheFileItself()
    {
        var png = Wide();

        Assert.Same(png, PngChunks.ForDecoder(png));
    }

    // With a color profile, whose colors are outside of sRGB, and with transparency.
    private static byte[] Wide()
    {
        using var profile = SKColorSpace.CreateRgb(SKColorSpaceTransferFn.Srgb, SKColorSpaceXyz.DisplayP3);
        using var bitmap = new SKBitmap(new SKImageInfo(16, 16, SKColorType.Rgba8888, SKAlphaType.Unpremul, profile));
        for (var i = 0; i < 256; i++)
            bitmap.SetPixel(i % 16, i / 16, new SKColor((byte)i, (byte)(255 - i), (byte)(i * 7), (byte)(i * 3)));
        using var data = bitmap.Encode(SKEncodedImageFormat.Png, 100);
        return data.ToArray();
    }

    private static byte[] Pixels(byte[] png)
    {
        using var image = new EncodedImage(png);
        using MLImage decoded = image.Decode(out var problem) ?? throw new InvalidOperationException(problem);
        return decoded.Pixels.ToArray();
    }
}

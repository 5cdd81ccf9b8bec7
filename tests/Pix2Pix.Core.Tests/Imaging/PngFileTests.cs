using Pix2Pix.Imaging;

namespace Pix2Pix.Core.Tests.Imaging;

public class PngFileTests
{
    [Theory]
    [InlineData(1, 1, 1)]
    [InlineData(1, 1, 3)]
    [InlineData(1, 1, 4)]
    [InlineData(1, 9, 3)]
    [InlineData(13, 1, 4)]
    [InlineData(31, 17, 1)]
    [InlineData(31, 17, 3)]
    [InlineData(31, 17, 4)]
    [InlineData(300, 200, 4)] // noise of more than one IDAT chunk
    public void Write_Noise_IsReadAgain(int width, int height, int channels)
    {
        var image = new PixelImage(width, height, channels);
        new Random(1).NextBytes(image.Pixels);

        AssertSame(image, PngReader.Read(Write(image)));
    }

    [Theory]
    [InlineData(1, 0)]
    [InlineData(3, 2)]
    [InlineData(4, 6)]
    public void Write_Channels_GiveTheColorType(int channels, byte colorType)
    {
        var header = PngReader.Chunks(Write(new PixelImage(300, 7, channels)))[0];

        Assert.Equal("IHDR", header.Type);
        Assert.Equal([0, 0, 1, 44, 0, 0, 0, 7, 8, colorType, 0, 0, 0], header.Bytes);
    }

    [Fact]
    public void Write_SmoothImage_IsReadAgainAndFilteredRowByRow()
    {
        var image = new PixelImage(256, 256, 3);
        for (var i = 0; i < image.Pixels.Length; i++)
        {
            var (x, y) = (i / 3 % 256, i / 768);
            image.Pixels[i] = (byte)(y < 128 ? (x + (i % 3)) * 37 / 10 : (x * y / 128) + (i % 3 * 9));
        }

        var file = Write(image);

        AssertSame(image, PngReader.Read(file));
        var filters = PngReader.Rows(PngReader.Chunks(file)).Where((_, i) => i % 769 == 0).Distinct();
        Assert.True(filters.Count() >= 3, $"Filters {string.Join(", ", filters)}");
        Assert.InRange(file.Length, 100, image.Pixels.Length / 10);
    }

    [Fact]
    public void Write_Stream_IsLeftOpenAndAppendedTo()
    {
        using var stream = new MemoryStream();
        stream.WriteByte(7);
        PngFile.Write(new PixelImage(2, 2), stream);
        stream.WriteByte(8);

        var bytes = stream.ToArray();
        Assert.Equal((7, 8), (bytes[0], bytes[^1]));
        AssertSame(new PixelImage(2, 2), PngReader.Read(bytes[1..^1]));
    }

    [Fact]
    public void Write_TwoChannels_ReportsWhatIsExpected()
    {
        using var stream = new MemoryStream();
        var error = Assert.Throws<ArgumentException>(() => PngFile.Write(new PixelImage(2, 2, 2), stream));

        Assert.Equal(
            "A PNG file has one channel (gray), three (RGB) or four (RGBA), but the image has 2. Convert it first. (Parameter 'image')",
            error.Message);
        Assert.Equal(0, stream.Length);
    }

    private static byte[] Write(PixelImage image)
    {
        using var stream = new MemoryStream();
        PngFile.Write(image, stream);
        return stream.ToArray();
    }

    private static void AssertSame(PixelImage expected, PixelImage actual)
    {
        Assert.Equal((expected.Width, expected.Height, expected.Channels), (actual.Width, actual.Height, actual.Channels));
        Assert.Equal(expected.Pixels, actual.Pixels);
    }
}

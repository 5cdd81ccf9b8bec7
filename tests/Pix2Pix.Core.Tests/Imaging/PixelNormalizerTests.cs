using Pix2Pix.Imaging;

namespace Pix2Pix.Core.Tests.Imaging;

public class PixelNormalizerTests
{
    [Fact]
    public void Levels_All_RunFromMinusOneToOne()
    {
        Assert.Equal((-1f, 1f), (PixelNormalizer.Levels[0], PixelNormalizer.Levels[255]));
        Assert.Equal(-1 / 255f, PixelNormalizer.Levels[127], 1e-6f);
        Assert.Equal(1 / 255f, PixelNormalizer.Levels[128], 1e-6f);
        Assert.All(Enumerable.Range(0, 256), level => Assert.Equal(level, (PixelNormalizer.Levels[level] + 1) * 127.5f, 1e-4f));
    }

    /// <summary>Widths with and without full vectors, and beyond the stack buffer: the floats equal the table's, bit for bit.</summary>
    [Theory]
    [InlineData(1, 1)]
    [InlineData(1, 5)]
    [InlineData(2, 33)]
    [InlineData(3, 64)]
    [InlineData(4, 77)]
    [InlineData(1, 256)]
    [InlineData(3, 1024)]
    [InlineData(3, 2100)]
    public void Write_ChannelsAndWidths_GivesTheTablesNumbers(int channels, int width)
    {
        const int height = 3;
        var image = new PixelImage(width, height, channels);
        new Random(width).NextBytes(image.Pixels);
        if (width == 256)
            image.Pixels.AsSpan(0, 256).Fill(0);
        for (var level = 0; width == 256 && level < 256; level++)
            image.Pixels[level] = (byte)level;
        var straight = new float[channels * width * height];
        var mirrored = new float[straight.Length];

        PixelNormalizer.Write(image, PixelStride.Crop(width, 0, 0), width, straight);
        PixelNormalizer.Write(image, PixelStride.Crop(width, 0, 0).Mirrored(width), width, mirrored);

        for (var i = 0; i < straight.Length; i++)
        {
            var (channel, y, x) = (i / (width * height), i / width % height, i % width);
            Assert.Equal(PixelNormalizer.Levels[image.Pixels[(((y * width) + x) * channels) + channel]], straight[i]);
            Assert.Equal(PixelNormalizer.Levels[image.Pixels[(((y * width) + width - 1 - x) * channels) + channel]], mirrored[i]);
        }
    }
}

using Pix2Pix.Imaging;

namespace Pix2Pix.Core.Tests.Imaging;

public class PixelImageTests
{
    [Fact]
    public void Constructor_Pixels_AreOwnedNotCopied()
    {
        byte[] pixels = new byte[2 * 3 * 3];
        var image = new PixelImage(2, 3, pixels);
        Assert.Equal(2, image.Width);
        Assert.Equal(3, image.Height);
        Assert.Same(pixels, image.Pixels);
    }

    [Fact]
    public void Constructor_SizeOnly_IsBlack()
    {
        Assert.Equal(new byte[18], new PixelImage(2, 3).Pixels);
    }

    [Fact]
    public void Constructor_WrongByteCount_SaysExpectedAndActual()
    {
        var error = Assert.Throws<ArgumentException>(() => new PixelImage(2, 3, new byte[24]));
        Assert.Equal(
            "A 2x3 image with 3 channels needs 18 bytes (channels * width * height), but the array has 24. "
            + "Pass interleaved bytes without row padding. (Parameter 'pixels')",
            error.Message);
    }

    [Theory]
    [InlineData(0, 5)]
    [InlineData(5, 0)]
    [InlineData(-1, -3)]
    [InlineData(40000, 40000)]
    [InlineData(int.MaxValue, int.MaxValue)]
    public void Constructor_ImpossibleSize_SaysSizeAndLimits(int width, int height)
    {
        string expected = $"The image size is {width}x{height}; expected sides of at least 1, and 3 * width * height at most 2147483591.";
        Assert.Equal(expected, Assert.Throws<ArgumentOutOfRangeException>(() => new PixelImage(width, height)).Message);
        Assert.Equal(expected, Assert.Throws<ArgumentOutOfRangeException>(() => new PixelImage(width, height, [])).Message);
    }

    [Fact]
    public void Crop_Rectangle_CopiesItsPixels()
    {
        PixelImage crop = TestImages.Coordinates(7, 5).Crop(2, 1, 3, 2);
        Assert.Equal((3, 2), (crop.Width, crop.Height));
        Assert.Equal([2, 1, 100, 3, 1, 100, 4, 1, 100, 2, 2, 100, 3, 2, 100, 4, 2, 100], crop.Pixels);
    }

    [Fact]
    public void Crop_WholeImage_SharesNoBytes()
    {
        PixelImage image = TestImages.Random(4, 3, seed: 1);
        PixelImage crop = image.Crop(0, 0, 4, 3);
        Assert.NotSame(image.Pixels, crop.Pixels);
        Assert.Equal(image.Pixels, crop.Pixels);
    }

    [Theory]
    [InlineData(-1, 0, 2, 2)]
    [InlineData(0, -1, 2, 2)]
    [InlineData(6, 0, 2, 2)]
    [InlineData(0, 4, 2, 2)]
    [InlineData(0, 0, 0, 2)]
    [InlineData(0, 0, 2, 0)]
    [InlineData(int.MaxValue, 0, 2, 2)]
    public void Crop_Outside_SaysRectangleAndImage(int x, int y, int width, int height)
    {
        var error = Assert.Throws<ArgumentOutOfRangeException>(() => TestImages.Coordinates(7, 5).Crop(x, y, width, height));
        Assert.Equal(
            $"The crop of {width}x{height} at ({x}, {y}) does not lie inside the 7x5 image. "
            + "Choose a rectangle of at least 1x1 that ends within the image.",
            error.Message);
    }
}

using System.ComponentModel;
using System.Security.Cryptography;
using Pix2Pix.Imaging;

namespace Pix2Pix.Core.Tests.Imaging;

public class ImageResizerTests
{
    public static TheoryData<int, string> References()
    {
        var cases = new TheoryData<int, string>();
        for (int i = 0; i < ResizeReference.All.Count; i++)
        {
            ResizeReference reference = ResizeReference.All[i];
            cases.Add(i, $"{reference.Kernel} {string.Join('x', reference.From)} to {string.Join('x', reference.To)}");
        }

        return cases;
    }

    [Theory]
    [MemberData(nameof(References))]
    public void Resize_RecordedSizes_EqualsPillowBitForBit(int index, string name)
    {
        ResizeReference reference = ResizeReference.All[index];
        PixelImage result = ImageResizer.Resize(reference.Input(), reference.To[0], reference.To[1], reference.Kernel);
        Assert.Equal((reference.To[0], reference.To[1]), (result.Width, result.Height));
        if (reference.Pixels is not null)
        {
            Assert.Equal(reference.Pixels, result.Pixels);
        }

        Assert.True(Convert.ToHexStringLower(SHA256.HashData(result.Pixels)) == reference.Sha256, $"{name} differs from Pillow.");
    }

    [Theory]
    [InlineData(ResizeKernel.Cubic)]
    [InlineData(ResizeKernel.Nearest)]
    public void Resize_SameSize_CopiesTheImage(ResizeKernel kernel)
    {
        PixelImage image = TestImages.Random(9, 6, seed: 2);
        PixelImage result = ImageResizer.Resize(image, 9, 6, kernel);
        Assert.NotSame(image, result);
        Assert.NotSame(image.Pixels, result.Pixels);
        Assert.Equal(image.Pixels, result.Pixels);
    }

    [Theory]
    [InlineData(ResizeKernel.Cubic)]
    [InlineData(ResizeKernel.Nearest)]
    public void Resize_OneColor_KeepsTheColor(ResizeKernel kernel)
    {
        PixelImage result = ImageResizer.Resize(TestImages.Constant(37, 23, 250, 128, 3), 19, 51, kernel);
        Assert.Equal(TestImages.Constant(19, 51, 250, 128, 3).Pixels, result.Pixels);
    }

    [Fact]
    public void Resize_NearestBetweenTwoPixels_TakesTheLeftOrUpperOne()
    {
        PixelImage image = TestImages.Coordinates(8, 8);
        PixelImage result = ImageResizer.Resize(image, 4, 2, ResizeKernel.Nearest);
        Assert.Equal([0, 1, 100, 2, 1, 100, 4, 1, 100, 6, 1, 100, 0, 5, 100, 2, 5, 100, 4, 5, 100, 6, 5, 100], result.Pixels);
    }

    [Fact]
    public void Resize_DoesNotChangeItsInput()
    {
        PixelImage image = TestImages.Random(20, 20, seed: 3);
        byte[] before = [.. image.Pixels];
        ImageResizer.Resize(image, 11, 31);
        Assert.Equal(before, image.Pixels);
    }

    [Fact]
    public void Resize_NoKernelGiven_IsCubic()
    {
        PixelImage image = TestImages.Random(20, 20, seed: 4);
        Assert.Equal(ImageResizer.Resize(image, 13, 7, ResizeKernel.Cubic).Pixels, ImageResizer.Resize(image, 13, 7).Pixels);
    }

    [Fact]
    public void Resize_ImpossibleSize_ReportsSizeAndLimits()
    {
        var error = Assert.Throws<ArgumentOutOfRangeException>(() => ImageResizer.Resize(new PixelImage(4, 4), 0, 7));
        Assert.Equal(
            "The image size is 0x7; expected sides of at least 1, and 3 * width * height at most 2147483591.",
            error.Message);
    }

    [Fact]
    public void Resize_UnknownKernel_Throws()
    {
        Assert.Throws<InvalidEnumArgumentException>(() => ImageResizer.Resize(new PixelImage(4, 4), 2, 2, (ResizeKernel)7));
    }

    [Theory]
    [InlineData(10, 4, 1, 1, 3, 0, 4, 4)]      // Too wide: full height, centered.
    [InlineData(4, 10, 256, 256, 0, 3, 4, 4)]  // Too high: full width, centered.
    [InlineData(9, 4, 1, 1, 2, 0, 4, 4)]       // An odd excess of 5 leaves 2 at the left and 3 at the right.
    [InlineData(8, 6, 4, 3, 0, 0, 8, 6)]       // Already right.
    [InlineData(8, 5, 3, 2, 0, 0, 8, 5)]       // 7.5 columns round up to 8.
    [InlineData(100, 1, 1, 9, 49, 0, 1, 1)]    // Never less than one pixel.
    public void CropToAspect_Sizes_CutsCenteredPart(int width, int height, int aspectX, int aspectY, int x, int y, int toWidth, int toHeight)
    {
        PixelImage image = TestImages.Coordinates(width, height);
        PixelImage crop = ImageResizer.CropToAspect(image, aspectX, aspectY);
        Assert.Equal((toWidth, toHeight), (crop.Width, crop.Height));
        Assert.NotSame(image, crop);
        Assert.Equal(image.Crop(x, y, toWidth, toHeight).Pixels, crop.Pixels);
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(1, 0)]
    public void CropToAspect_NoRatio_Throws(int width, int height)
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => ImageResizer.CropToAspect(new PixelImage(4, 4), width, height));
    }

    [Theory]
    [InlineData(ResizeKernel.Nearest, 3, 40, 50, 7, 9, 20, 18)]
    [InlineData(ResizeKernel.Cubic, 3, 40, 50, 7, 9, 20, 18)]
    [InlineData(ResizeKernel.Cubic, 1, 31, 23, 0, 0, 31, 23)]
    [InlineData(ResizeKernel.Cubic, 4, 31, 29, 30, 28, 1, 1)]
    [InlineData(ResizeKernel.Cubic, 2, 60, 23, 13, 4, 32, 19)]
    [InlineData(ResizeKernel.Cubic, 3, 12, 9, 3, 2, 8, 6)]
    [InlineData(ResizeKernel.Nearest, 3, 12, 9, 3, 2, 8, 6)]
    public void ResizePart_AnyPart_IsThatOfTheWhole(
        ResizeKernel kernel, int channels, int width, int height, int x, int y, int partWidth, int partHeight)
    {
        var image = new PixelImage(31, 23, channels);
        new Random(3).NextBytes(image.Pixels);

        var part = ImageResizer.ResizePart(image, width, height, new(x, y, partWidth, partHeight), kernel);

        Assert.Equal((partWidth, partHeight, channels), (part.Width, part.Height, part.Channels));
        Assert.Equal(ImageResizer.Resize(image, width, height, kernel).Crop(x, y, partWidth, partHeight).Pixels, part.Pixels);
    }
}

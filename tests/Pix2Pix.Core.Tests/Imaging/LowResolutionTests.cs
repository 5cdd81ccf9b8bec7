using Pix2Pix.Imaging;

namespace Pix2Pix.Core.Tests.Imaging;

public sealed class LowResolutionTests
{
    [Fact]
    public void Lower_Blocks_HaveOneColorEach()
    {
        var image = TestImages.Random(24, 16, 1);

        var lowered = LowResolution.Lower(image, new LowResolutionOptions { Factor = 8, Enlarging = ResizeKernel.Nearest });

        Assert.Equal((24, 16, 3), (lowered.Width, lowered.Height, lowered.Channels));
        Assert.Equal(ImageResizer.Resize(image, 3, 2).Pixels, ImageResizer.Resize(lowered, 3, 2, ResizeKernel.Nearest).Pixels);
        Assert.Equal(6, Enumerable.Range(0, 24 * 16).Select(i => (i / 24 / 8, i % 24 / 8, Convert.ToHexString(lowered.Pixels, 3 * i, 3))).Distinct().Count());
    }

    [Theory]
    [InlineData(7, 5)]
    [InlineData(1, 1)]
    public void Lower_ConstantOfAnySize_IsUnchanged(int width, int height)
    {
        var image = TestImages.Constant(width, height, 10, 20, 30);

        Assert.Equal(image.Pixels, LowResolution.Lower(image, new LowResolutionOptions { Factor = 64 }).Pixels);
    }
}

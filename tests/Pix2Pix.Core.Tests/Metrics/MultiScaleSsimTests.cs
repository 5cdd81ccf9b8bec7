using Pix2Pix.Imaging;
using Pix2Pix.Metrics;

namespace Pix2Pix.Core.Tests.Metrics;

public class MultiScaleSsimTests
{
    [Fact]
    public void MultiScaleSsim_IdenticalImages_IsOne()
    {
        var image = TestImages.Random(161, 170, seed: 1);

        Assert.Equal(1.0, ImageMetrics.MultiScaleSsim(image, image.Crop(0, 0, 161, 170)), 1e-14);
    }

    [Theory]
    [InlineData(0, 255)]
    [InlineData(100, 110)]
    public void MultiScaleSsim_ConstantImages_IsTheLastLuminanceTerm(byte a, byte b)
    {
        const double c1 = 0.01 * 255 * 0.01 * 255;
        var luminance = ((2.0 * a * b) + c1) / (((double)a * a) + ((double)b * b) + c1);

        Assert.Equal(
            Math.Pow(luminance, 0.1333), ImageMetrics.MultiScaleSsim(TestImages.Constant(161, 163, a), TestImages.Constant(161, 163, b)), 1e-11);
    }

    [Fact]
    public void MultiScaleSsim_Negative_HasNothingInCommon()
    {
        var image = TestImages.Random(161, 161, seed: 2);
        PixelImage negative = new(161, 161, [.. image.Pixels.Select(level => (byte)(255 - level))]);

        Assert.Equal(0.0, ImageMetrics.MultiScaleSsim(image, negative));
    }

    [Fact]
    public void MultiScaleSsim_SmallImage_ReportsHowLargeItHasToBe()
    {
        var image = new PixelImage(200, 160);

        var error = Assert.Throws<ArgumentException>(() => ImageMetrics.MultiScaleSsim(image, image));

        Assert.Equal(
            "The images are 200x160; multi-scale SSIM requires sides of at least 161 pixels. Use Ssim for smaller images. (Parameter 'a')",
            error.Message);
        Assert.Equal((1.0, null), ImageMetrics.SsimAndMultiScale(image, image));
    }

    [Fact]
    public void SsimAndMultiScale_RandomImages_AreBothByThemselves()
    {
        var (a, b) = (TestImages.Random(165, 181, seed: 3), TestImages.Random(165, 181, seed: 4));

        Assert.Equal((ImageMetrics.Ssim(a, b), ImageMetrics.MultiScaleSsim(a, b)), ImageMetrics.SsimAndMultiScale(a, b));
    }

    [Theory]
    [InlineData(10, 20, 10 * 10 / 65025.0)]
    [InlineData(0, 255, 1.0)]
    [InlineData(7, 7, 0.0)]
    public void L2_ConstantImages_IsSquareOfDifferenceOverPeak(byte a, byte b, double expected)
        => Assert.Equal(expected, ImageMetrics.L2(TestImages.Constant(5, 4, a), TestImages.Constant(5, 4, b)), 15);
}

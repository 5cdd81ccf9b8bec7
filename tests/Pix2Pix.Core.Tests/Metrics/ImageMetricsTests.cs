using Pix2Pix.Imaging;
using Pix2Pix.Metrics;

namespace Pix2Pix.Core.Tests.Metrics;

public class ImageMetricsTests
{
    [Fact]
    public void Compare_IdenticalImages_IsPerfect()
    {
        PixelImage image = TestImages.Random(40, 30, seed: 1);
        Assert.Equal(new ImageScores(L1: 0, Psnr: double.PositiveInfinity, Ssim: 1), ImageMetrics.Compare(image, image.Crop(0, 0, 40, 30)));
    }

    [Fact]
    public void Compare_RandomImages_ContainsTheThreeMetrics()
    {
        PixelImage a = TestImages.Random(20, 20, seed: 2);
        PixelImage b = TestImages.Random(20, 20, seed: 3);
        Assert.Equal(new ImageScores(ImageMetrics.L1(a, b), ImageMetrics.Psnr(a, b), ImageMetrics.Ssim(a, b)), ImageMetrics.Compare(a, b));
    }

    [Theory]
    [InlineData(0, 255, 1.0)]
    [InlineData(10, 61, 0.2)]
    [InlineData(61, 10, 0.2)]
    public void L1_ConstantImages_IsDifferenceOverPeak(byte a, byte b, double expected)
    {
        Assert.Equal(expected, ImageMetrics.L1(TestImages.Constant(13, 12, a), TestImages.Constant(13, 12, b)), 15);
    }

    [Fact]
    public void L1_OneChannelDiffers_IsAThird()
    {
        Assert.Equal(1 / 3.0, ImageMetrics.L1(TestImages.Constant(4, 4, 0), TestImages.Constant(4, 4, 0, 255, 0)), 15);
    }

    [Theory]
    [InlineData(0, 255, 0.0)]
    [InlineData(100, 101, 48.130803608679103)] // 20 log10(255)
    [InlineData(130, 120, 28.130803608679103)] // ten times the difference: 20 dB less
    public void Psnr_ConstantImages_IsClosedForm(byte a, byte b, double expected)
    {
        Assert.Equal(expected, ImageMetrics.Psnr(TestImages.Constant(13, 12, a), TestImages.Constant(13, 12, b)), 12);
    }

    [Theory]
    [InlineData(0, 255)]
    [InlineData(100, 110)]
    [InlineData(30, 200)]
    public void Ssim_ConstantImages_IsTheLuminanceTerm(byte a, byte b)
    {
        const double c1 = 0.01 * 255 * 0.01 * 255;
        double expected = (2.0 * a * b + c1) / ((double)a * a + (double)b * b + c1);
        Assert.Equal(expected, ImageMetrics.Ssim(TestImages.Constant(24, 17, a), TestImages.Constant(24, 17, b)), 1e-11);
    }

    [Theory]
    [InlineData(11, 11, 11)]
    [InlineData(12, 40, 11)]
    [InlineData(37, 23, 11)]
    [InlineData(10, 30, 9)]
    [InlineData(30, 9, 9)]
    [InlineData(8, 8, 7)]
    [InlineData(5, 2, 1)]
    [InlineData(1, 1, 1)]
    public void Ssim_RandomImages_EqualsTheWindowByWindowSum(int width, int height, int window)
    {
        PixelImage a = TestImages.Random(width, height, seed: 4);
        PixelImage b = TestImages.Random(width, height, seed: 5);
        PixelImage nearA = Mixed(a, b);
        Assert.Equal(NaiveSsim.Mean(a, b, window), ImageMetrics.Ssim(a, b), 1e-10);
        Assert.Equal(NaiveSsim.Mean(a, nearA, window), ImageMetrics.Ssim(a, nearA), 1e-10);
        Assert.Equal(ImageMetrics.Ssim(a, nearA), ImageMetrics.Ssim(nearA, a), 1e-14);
    }

    [Fact]
    public void Ssim_OneChannelDiffers_IsTheMeanOfTheChannels()
    {
        PixelImage a = TestImages.Random(24, 24, seed: 6);
        PixelImage redGone = a.Crop(0, 0, 24, 24);
        PixelImage gray = TestImages.Constant(24, 24, 0);
        PixelImage red = TestImages.Constant(24, 24, 0);
        for (int i = 0; i < a.Pixels.Length; i += 3)
        {
            redGone.Pixels[i] = 0;
            red.Pixels[i] = red.Pixels[i + 1] = red.Pixels[i + 2] = a.Pixels[i];
        }

        Assert.Equal((ImageMetrics.Ssim(gray, red) + 2) / 3, ImageMetrics.Ssim(a, redGone), 1e-12);
    }

    [Fact]
    public void RedOverBlueIou_PartlyOverlappingMasks_IsIntersectionOverUnion()
    {
        var a = new PixelImage(4, 1, [9, 0, 1, 9, 0, 1, 9, 0, 1, 1, 0, 9]);
        var b = new PixelImage(4, 1, [5, 5, 5, 2, 9, 1, 3, 0, 0, 4, 0, 3]);
        Assert.Equal(2 / 4.0, ImageMetrics.RedOverBlueIou(a, b));
        Assert.Equal(2 / 4.0, ImageMetrics.RedOverBlueIou(b, a));
        Assert.Equal(1.0, ImageMetrics.RedOverBlueIou(a, a));
    }

    [Fact]
    public void RedOverBlueIou_EmptyMasks_AgreesOrNot()
    {
        PixelImage empty = TestImages.Constant(3, 3, 200, 0, 200);
        PixelImage full = TestImages.Constant(3, 3, 201, 0, 200);
        Assert.Equal(1.0, ImageMetrics.RedOverBlueIou(empty, TestImages.Constant(3, 3, 7)));
        Assert.Equal(0.0, ImageMetrics.RedOverBlueIou(empty, full));
    }

    [Fact]
    public void Metrics_DifferentSizes_ReportBothSizes()
    {
        Func<PixelImage, PixelImage, double>[] metrics =
            [ImageMetrics.L1, ImageMetrics.Psnr, ImageMetrics.Ssim, ImageMetrics.RedOverBlueIou];
        Assert.All(metrics, metric =>
        {
            var error = Assert.Throws<ArgumentException>(() => metric(new PixelImage(4, 6), new PixelImage(6, 4)));
            Assert.Equal(
                "Images of 4x6 and 6x4 cannot be compared: the sizes must be equal. Resize or crop one of them first. (Parameter 'b')",
                error.Message);
        });
    }

    private static PixelImage Mixed(PixelImage a, PixelImage b) =>
        new(a.Width, a.Height, [.. a.Pixels.Zip(b.Pixels, (first, second) => (byte)((9 * first + second) / 10))]);
}

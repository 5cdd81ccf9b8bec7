using Pix2Pix.Imaging;
using Pix2Pix.Metrics;

namespace Pix2Pix.Core.Tests.Metrics;

public class MeanImageScoresTests
{
    [Fact]
    public void Mean_ThreeScores_WeighsThemEqually()
    {
        var mean = new MeanImageScores();
        mean.Add(new ImageScores(L1: 0.1, Psnr: 20, Ssim: 0.5));
        mean.Add(new ImageScores(L1: 0.2, Psnr: 25, Ssim: 0.75));
        mean.Add(new ImageScores(L1: 0.6, Psnr: 30, Ssim: 1.0));
        Assert.Equal(3, mean.Count);
        Assert.Equal(0.3, mean.Mean.L1, 12);
        Assert.Equal(25, mean.Mean.Psnr, 12);
        Assert.Equal(0.75, mean.Mean.Ssim, 12);
    }

    [Fact]
    public void Add_ImagesOfDifferentSizes_EachPairCountsOnce()
    {
        PixelImage small = TestImages.Random(12, 12, seed: 1);
        PixelImage large = TestImages.Random(60, 40, seed: 2);
        var mean = new MeanImageScores();
        ImageScores first = mean.Add(small, TestImages.Constant(12, 12, 128));
        ImageScores second = mean.Add(large, TestImages.Constant(60, 40, 10));
        Assert.Equal(ImageMetrics.Compare(small, TestImages.Constant(12, 12, 128)), first);
        Assert.Equal((first.L1 + second.L1) / 2, mean.Mean.L1, 15);
        Assert.Equal((first.Psnr + second.Psnr) / 2, mean.Mean.Psnr, 12);
        Assert.Equal((first.Ssim + second.Ssim) / 2, mean.Mean.Ssim, 15);
    }

    [Fact]
    public void Mean_OneIdenticalPair_PsnrIsInfinite()
    {
        var mean = new MeanImageScores();
        mean.Add(new ImageScores(L1: 0.5, Psnr: 10, Ssim: 0));
        mean.Add(TestImages.Constant(11, 11, 7), TestImages.Constant(11, 11, 7));
        Assert.Equal(new ImageScores(L1: 0.25, Psnr: double.PositiveInfinity, Ssim: 0.5), mean.Mean);
    }

    [Fact]
    public void Mean_NothingAdded_ReportsIt()
    {
        var error = Assert.Throws<InvalidOperationException>(() => new MeanImageScores().Mean);
        Assert.Equal("The scores of zero images are undefined. Add at least one pair of images first.", error.Message);
    }
}

using Pix2Pix.Imaging;
using Pix2Pix.Torch.Diagnostics;

namespace Pix2Pix.Torch.Tests.Diagnostics;

public class VariationTests
{
    /// <summary>The deviations are 5 for red (0 and 10), 0 for green (7 and 7) and 50 for blue (100 and 200).</summary>
    [Fact]
    public void OverPixels_ChannelsThatDiffer_AreEachByThemselves()
    {
        PixelImage[] images = [new(2, 1, [0, 7, 100, 10, 7, 200], 3), new(2, 1, [1, 1, 1, 1, 1, 1], 3)];
        Assert.Equal(((5 + 0 + 50) / 3.0) / 2, Variation.OverPixels(images), 1e-12);
    }

    /// <summary>For 0, 3 and 6 the mean is 3 and the mean squared distance is 6; for 8, 8 and 8 it is 0.</summary>
    [Fact]
    public void OverImages_ThreeOfThem_IsTheMeanOverTheirPixels()
    {
        PixelImage[] images = [new(2, 1, [0, 8], 1), new(2, 1, [3, 8], 1), new(2, 1, [6, 8], 1)];
        Assert.Equal(Math.Sqrt(6) / 2, Variation.OverImages(images), 1e-12);
    }
}

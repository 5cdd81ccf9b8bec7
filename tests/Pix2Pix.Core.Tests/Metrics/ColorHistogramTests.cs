using Pix2Pix.Imaging;
using Pix2Pix.Metrics;

namespace Pix2Pix.Core.Tests.Metrics;

public class ColorHistogramTests
{
    [Fact]
    public void Overlap_SamePixelsElsewhere_IsAll()
    {
        var image = TestImages.Random(20, 10, seed: 1);
        PixelImage turned = new(10, 20, [.. image.Pixels.Chunk(3).Reverse().SelectMany(pixel => pixel)]);

        var overlap = ColorHistogram.Overlap(Of(image), Of(turned));

        Assert.All((double[])[overlap.Lightness, overlap.A, overlap.B], share => Assert.Equal(1.0, share, 1e-12));
    }

    [Fact]
    public void Overlap_BlackAndWhite_DifferInLightnessAlone()
        => Assert.Equal(new ColorOverlap(0, 1, 1), ColorHistogram.Overlap(Of(TestImages.Constant(3, 3, 0)), Of(TestImages.Constant(9, 9, 255))));

    [Fact]
    public void Overlap_HalfOfThePixelsBlack_IsHalf()
    {
        var half = Of(TestImages.Constant(4, 4, 255));
        half.Add(Of(TestImages.Constant(4, 4, 0)));

        Assert.Equal(32, half.Pixels);
        Assert.Equal(new ColorOverlap(0.5, 1, 1), ColorHistogram.Overlap(half, Of(TestImages.Constant(1, 1, 0))));
    }

    [Fact]
    public void Overlap_Red_IsInTheBinsOfItsLab()
    {
        // L* 53.24, a* 80.09, b* 67.20: the gray of the same lightness shares that alone.
        var red = Of(TestImages.Constant(2, 2, 255, 0, 0));

        Assert.Equal(new ColorOverlap(1, 0, 0), ColorHistogram.Overlap(red, Of(TestImages.Constant(2, 2, 127))));
    }

    [Fact]
    public void Add_GrayAndRgba_AreTheirColors()
    {
        PixelImage gray = new(1, 1, [90], channels: 1);
        PixelImage rgba = new(1, 1, [90, 90, 90, 7], channels: 4);

        Assert.Equal(new ColorOverlap(1, 1, 1), ColorHistogram.Overlap(Of(gray), Of(rgba)));
    }

    [Fact]
    public void Overlap_NoPixels_SaysSo()
    {
        var error = Assert.Throws<InvalidOperationException>(() => ColorHistogram.Overlap(new(), Of(new PixelImage(1, 1))));

        Assert.Equal("The histograms have 0 and 1 pixels; expected at least one each. Add an image to each first.", error.Message);
    }

    [Fact]
    public void ColorCache_ColorsOfOnePlace_KeepTheirOwnValues()
    {
        var cache = new ColorCache((red, green, blue) => (red << 16) | (green << 8) | blue);
        (byte, byte, byte)[] colors = [(0, 0, 0), (64, 0, 0), (0, 128, 0), (64, 64, 64), (255, 255, 255), (0, 0, 0)];

        Parallel.For(0, 1000, i =>
        {
            var (red, green, blue) = colors[i % colors.Length];
            Assert.Equal((red << 16) | (green << 8) | blue, cache.Of(red, green, blue));
        });
    }

    private static ColorHistogram Of(PixelImage image)
    {
        var histogram = new ColorHistogram();
        histogram.Add(image);
        return histogram;
    }
}

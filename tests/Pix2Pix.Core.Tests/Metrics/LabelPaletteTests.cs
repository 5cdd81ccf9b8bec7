using Pix2Pix.Imaging;
using Pix2Pix.Metrics;

namespace Pix2Pix.Core.Tests.Metrics;

public class LabelPaletteTests
{
    private static readonly LabelPalette Palette = new([new(0, 0, 0, "street"), new(100, 0, 0), new(0, 0, 200, "sky")]);

    [Theory]
    [InlineData(0, 0, 0, 0)]
    [InlineData(60, 0, 0, 1)]
    [InlineData(50, 0, 0, 0)] // equally far from both: the first
    [InlineData(0, 9, 190, 2)]
    public void LabelOf_AnyColor_IsTheNearest(byte red, byte green, byte blue, int label)
        => Assert.Equal(label, Palette.LabelOf(red, green, blue));

    [Fact]
    public void ToString_LabelOrColor()
        => Assert.Equal(["street", "#640000", "sky"], Palette.Colors.Select(color => color.ToString()));

    [Fact]
    public void Constructor_SharedColors_NamesThem()
    {
        var error = Assert.Throws<ArgumentException>(() => new LabelPalette([new(1, 2, 3, "a"), new(1, 2, 3, "b"), new(4, 5, 6)]));

        Assert.Equal(
            "Labels share a color: #010203 (a, b); expected distinct colors, because a label map identifies labels by color. (Parameter " +
            "'colors')", error.Message);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(257)]
    public void Constructor_TooFewOrManyColors_ReportsHowMany(int count)
    {
        var error = Assert.Throws<ArgumentException>(
            () => new LabelPalette(Enumerable.Range(0, count).Select(i => new LabelColor((byte)i, (byte)(i >> 8), 0))));

        Assert.StartsWith($"The palette has {(count == 1 ? "1 color" : $"{count} colors")}; expected 2 to 256.", error.Message);
    }

    [Fact]
    public void LabelConfusion_HalfRight_IsClosedForm()
    {
        // Target: street street sky sky; image: street red sky street.
        PixelImage target = new(4, 1, [0, 0, 0, 0, 0, 0, 0, 0, 200, 0, 0, 200]);
        PixelImage image = new(4, 1, [9, 9, 9, 99, 0, 0, 0, 0, 210, 0, 0, 30]);
        var confusion = new LabelConfusion(Palette);

        confusion.Add(image, target);

        Assert.Equal(0.5, confusion.Accuracy);
        Assert.Equal(0.5, confusion.LabelAccuracy);
        Assert.Equal([1 / 3.0, 0.0, 0.5], (double?[])[confusion.Iou(0), confusion.Iou(1), confusion.Iou(2)]);
        Assert.Equal((1 / 3.0 + 0.5) / 3, confusion.MeanIou, 1e-15);
        Assert.Equal(1, confusion.Count(2, 0));
    }

    [Fact]
    public void LabelConfusion_LabelThatIsNowhere_DoesNotCount()
    {
        var (one, both) = (new LabelConfusion(Palette), new LabelConfusion(Palette));
        one.Add(new PixelImage(3, 3), new PixelImage(3, 3));
        both.Add(one);
        both.Add(one);

        Assert.Null(one.Iou(2));
        Assert.Equal((1.0, 1.0, 1.0), (both.Accuracy, both.LabelAccuracy, both.MeanIou));
        Assert.Equal(18, both.Pixels);
    }

    [Fact]
    public void LabelConfusion_Misuse_ReportsWhatIsWrong()
    {
        var confusion = new LabelConfusion(Palette);

        Assert.Throws<InvalidOperationException>(() => confusion.Accuracy);
        Assert.Throws<InvalidOperationException>(() => confusion.MeanIou);
        Assert.Throws<ArgumentException>(() => confusion.Add(new PixelImage(2, 3), new PixelImage(3, 2)));
        Assert.Throws<ArgumentException>(() => confusion.Add(new LabelConfusion(new LabelPalette(Palette.Colors))));
        Assert.Contains("The label is 3; expected 0 to 2.", Assert.Throws<ArgumentOutOfRangeException>(() => confusion.Iou(3)).Message);
    }
}

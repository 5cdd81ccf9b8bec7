using Pix2Pix.Torch.Data;

namespace Pix2Pix.Torch.Tests.Data;

public class PairAugmentationTests
{
    /// <summary>Red is the column and green the row, so the planes tell which pixel went where.</summary>
    [Theory]
    [InlineData(0, 0, false)]
    [InlineData(3, 2, false)]
    [InlineData(3, 2, true)]
    public void Write_Draw_CropsAndMirrors(int left, int top, bool mirror)
    {
        const int width = 4, height = 3, plane = width * height;
        var planes = new float[3 * plane];

        new PairAugmentation(left, top, mirror).Write(TestImages.Coordinates(8, 6), width, height, planes);

        for (var i = 0; i < plane; i++)
        {
            var (x, y) = (i % width, i / width);
            Assert.Equal(Scaled(left + (mirror ? width - 1 - x : x)), planes[i]);
            Assert.Equal(Scaled(top + y), planes[plane + i]);
            Assert.Equal(Scaled(100), planes[(2 * plane) + i]);
        }
    }

    [Fact]
    public void Write_AllLevels_MapsThemOntoMinusOneToOne()
    {
        var pixels = Enumerable.Range(0, 256).SelectMany(level => new[] { (byte)level, (byte)level, (byte)level }).ToArray();
        var planes = new float[3 * 256];

        new PairAugmentation(0, 0, Mirror: false).Write(new PixelImage(256, 1, pixels), 256, 1, planes);

        Assert.Equal(-1f, planes[0]);
        Assert.Equal(1f, planes[255]);
        Assert.Equal(-1 / 255f, planes[127], 1e-6f);
        Assert.Equal(1 / 255f, planes[128], 1e-6f);
        Assert.All(Enumerable.Range(0, 256), level => Assert.Equal(level, (planes[level] + 1) * 127.5f, 1e-4f));
    }

    [Fact]
    public void Draw_ManyTimes_GivesEachOffsetAndHalfMirrored()
    {
        var random = new Random(1);
        var draws = Enumerable.Range(0, 4000).Select(_ => PairAugmentation.Draw(random, 4, 2, mirror: true)).ToList();

        var offsets = draws.CountBy(d => (d.Left, d.Top)).ToDictionary();
        Assert.Equal(5 * 3, offsets.Count);
        Assert.All(offsets.Keys, o => Assert.True(o is { Left: >= 0 and <= 4, Top: >= 0 and <= 2 }));

        // 4000 / 15 = 267 with a standard deviation of 16; 2000 with one of 32.
        Assert.All(offsets.Values, count => Assert.InRange(count, 187, 347));
        Assert.InRange(draws.Count(d => d.Mirror), 1840, 2160);
    }

    [Fact]
    public void Draw_MirrorOff_NeverMirrors()
    {
        var random = new Random(1);
        Assert.All(Enumerable.Range(0, 200), _ => Assert.False(PairAugmentation.Draw(random, 4, 2, mirror: false).Mirror));
    }

    [Fact]
    public void Draw_NothingToSpare_StaysInTheCorner()
        => Assert.Equal(new PairAugmentation(0, 0, Mirror: false), PairAugmentation.Draw(new Random(1), 0, 0, mirror: false));

    private static float Scaled(int level) => (level / 127.5f) - 1;
}

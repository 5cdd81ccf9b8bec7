using Pix2Pix.Imaging;
using Pix2Pix.Torch.Data;

namespace Pix2Pix.Torch.Tests.Data;

public class PairAugmentationTests
{
    private static readonly GeneratorOptions Generator = new() { Width = 32, Height = 32 };

    private static readonly TrainingOptions Plain = new() { Augmentation = AugmentationOptions.None, Seed = 1 };

    /// <summary>Red is the column and green the row, so the planes show where each pixel went.</summary>
    [Theory]
    [InlineData(0, 0, false)]
    [InlineData(3, 2, false)]
    [InlineData(3, 2, true)]
    public void WriteInput_Draw_CropsAndMirrors(int left, int top, bool mirror)
    {
        const int width = 4, height = 3, plane = width * height;
        var planes = new float[3 * plane];

        new PairAugmentation(8, 6, left, top, mirror, 0, ColorJitter.None)
            .WriteInput(TestImages.Coordinates(8, 6), ResizeKernel.Cubic, width, height, planes);

        for (var i = 0; i < plane; i++)
        {
            var (x, y) = (i % width, i / width);
            Assert.Equal(Scaled(left + (mirror ? width - 1 - x : x)), planes[i]);
            Assert.Equal(Scaled(top + y), planes[plane + i]);
            Assert.Equal(Scaled(100), planes[(2 * plane) + i]);
        }
    }

    /// <summary>A crop of 2x2 pixels at (3, 2). Mirrored first: 3 4 over 3 4 becomes 4 3 over 4 3. Then rotated counterclockwise.</summary>
    [Theory]
    [InlineData(false, 0, "3,2 4,2 3,3 4,3")]
    [InlineData(false, 1, "4,2 4,3 3,2 3,3")]
    [InlineData(false, 2, "4,3 3,3 4,2 3,2")]
    [InlineData(false, 3, "3,3 3,2 4,3 4,2")]
    [InlineData(true, 0, "4,2 3,2 4,3 3,3")]
    [InlineData(true, 1, "3,2 3,3 4,2 4,3")]
    [InlineData(true, 2, "3,3 4,3 3,2 4,2")]
    [InlineData(true, 3, "4,3 4,2 3,3 3,2")]
    public void WriteTarget_Turns_TurnCounterclockwiseAfterTheMirror(bool mirror, int turns, string expected)
    {
        var planes = new float[3 * 4];

        new PairAugmentation(8, 6, 3, 2, mirror, turns, ColorJitter.None)
            .WriteTarget(TestImages.Coordinates(8, 6), ResizeKernel.Cubic, 2, 2, planes);

        var pixels = Enumerable.Range(0, 4).Select(i => $"{Level(planes[i])},{Level(planes[4 + i])}");
        Assert.Equal(expected, string.Join(' ', pixels));
    }

    [Theory]
    [InlineData(ResizeKernel.Nearest)]
    [InlineData(ResizeKernel.Cubic)]
    public void WriteInput_Scaled_IsTheCropOfTheScaledImage(ResizeKernel kernel)
    {
        var image = TestImages.Random(20, 16, seed: 4);
        var (scaled, whole) = (new float[3 * 8 * 8], new float[3 * 8 * 8]);

        new PairAugmentation(31, 24, 9, 5, Mirror: true, 3, ColorJitter.None).WriteInput(image, kernel, 8, 8, scaled);
        new PairAugmentation(31, 24, 9, 5, Mirror: true, 3, ColorJitter.None)
            .WriteInput(ImageResizer.Resize(image, 31, 24, kernel), kernel, 8, 8, whole);

        Assert.Equal(whole, scaled);
    }

    [Theory]
    [InlineData(10)]
    [InlineData(13)]
    public void Write_Colors_ChangeTheInputOnly(int scaledTo)
    {
        var image = TestImages.Constant(10, 10, 100, 50, 20);
        byte[] before = [.. image.Pixels];
        var draw = new PairAugmentation(scaledTo, scaledTo, 1, 2, Mirror: true, 1, new(2, 1, 1));
        var (input, target) = (new float[3 * 4 * 4], new float[3 * 4 * 4]);

        draw.WriteInput(image, ResizeKernel.Cubic, 4, 4, input);
        draw.WriteTarget(image, ResizeKernel.Cubic, 4, 4, target);

        Assert.Equal([200, 100, 40], new[] { 0, 16, 32 }.Select(i => Level(input[i])));
        Assert.Equal([100, 50, 20], new[] { 0, 16, 32 }.Select(i => Level(target[i])));
        Assert.Equal(before, image.Pixels);
    }

    [Fact]
    public void Draw_ManyTimes_GivesEachOffsetAndHalfMirrored()
    {
        PairAugmentation[] draws = [.. Draws(4000, new() { Mirror = true }, 36, 34)];

        var offsets = draws.CountBy(d => (d.Left, d.Top)).ToDictionary();
        Assert.Equal(5 * 3, offsets.Count);
        Assert.All(offsets.Keys, o => Assert.True(o is { Left: >= 0 and <= 4, Top: >= 0 and <= 2 }));

        // 4000 / 15 = 267 with a standard deviation of 16; 2000 with one of 32.
        Assert.All(offsets.Values, count => Assert.InRange(count, 187, 347));
        Assert.InRange(draws.Count(d => d.Mirror), 1840, 2160);
        Assert.All(draws, d => Assert.Equal((36, 34, 0, ColorJitter.None), (d.Width, d.Height, d.Turns, d.Colors)));
    }

    [Fact]
    public void Draw_RightAngles_GivesEachAngle()
    {
        var turns = Draws(4000, new() { RightAngles = true }, 32, 32).CountBy(d => d.Turns).ToDictionary();
        Assert.Equal([0, 1, 2, 3], turns.Keys.Order());
        Assert.All(turns.Values, count => Assert.InRange(count, 860, 1140)); // 1000 with a standard deviation of 27
    }

    [Fact]
    public void Draw_MaxScale_FillsTheRangeAndStaysInside()
    {
        PairAugmentation[] draws = [.. Draws(2000, new() { MaxScale = 1.5 }, 40, 60)];

        Assert.Equal((40, 60), (draws.Min(d => d.Width), draws.Max(d => d.Width)));
        Assert.Equal((60, 90), (draws.Min(d => d.Height), draws.Max(d => d.Height)));
        Assert.All(draws, d => Assert.True(d.Left >= 0 && d.Left + 32 <= d.Width && d.Top >= 0 && d.Top + 32 <= d.Height));
        Assert.All(draws, d => Assert.InRange(d.Height / 1.5, d.Width - 0.84, d.Width + 0.84)); // one factor for both sides, rounded
        Assert.InRange(draws.Average(d => d.Width), 49, 51);
    }

    /// <summary>An option that is off draws nothing: turning another on does not change the crops.</summary>
    [Fact]
    public void Draw_AnglesAndColors_LeaveCropAndMirrorUnchanged()
    {
        var some = Draws(50, new(), 36, 36);
        var more = Draws(50, new() { RightAngles = true, InputColorJitter = 0.5 }, 36, 36);
        Assert.Equal(some.Select(d => (d.Left, d.Top, d.Mirror)), more.Select(d => (d.Left, d.Top, d.Mirror)));
        Assert.Equal(50, more.Select(d => d.Colors).Distinct().Count());
    }

    [Fact]
    public void Draw_NoMarginAndNothingEnabled_StaysInTheCorner()
        => Assert.Equal(
            new PairAugmentation(32, 32, 0, 0, Mirror: false, 0, ColorJitter.None), PairAugmentation.Draw(5, 32, 32, Generator, Plain, 1));

    private static IEnumerable<PairAugmentation> Draws(int count, AugmentationOptions options, int width, int height)
        => Enumerable.Range(0, count).Select(
            row => PairAugmentation.Draw(row, width, height, Generator, Plain with { Augmentation = options }, epoch: 1));

    private static float Scaled(int level) => (level / 127.5f) - 1;

    private static int Level(float value) => (int)MathF.Round((value + 1) * 127.5f);
}

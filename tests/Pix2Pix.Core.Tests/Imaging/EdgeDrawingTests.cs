using System.Security.Cryptography;
using Pix2Pix.Imaging;

namespace Pix2Pix.Core.Tests.Imaging;

public sealed class EdgeDrawingTests
{
    private const byte Ink = 0;
    private const byte Paper = 255;

    [Theory]
    [InlineData(0)]
    [InlineData(1.4)]
    [InlineData(10)]
    public void Draw_StepBetweenTwoGrays_IsOneLine(double sigma)
    {
        var image = Halves(40, 24, (60, 60, 60), (200, 200, 200));

        var edges = EdgeDrawing.Draw(image, new EdgeOptions { Sigma = sigma });

        Assert.Equal((40, 24, 1), (edges.Width, edges.Height, edges.Channels));
        Assert.All(Enumerable.Range(0, 24), y => Assert.Equal(Ink, Assert.Single(Row(edges, y), level => level != Paper)));
        Assert.All(Enumerable.Range(0, 24), y => Assert.InRange(Array.IndexOf(Row(edges, y), Ink), 19, 20));
    }

    /// <summary>0 to 255 in one step is 4 * 255 across: above 1019, not above 1020.</summary>
    [Fact]
    public void Draw_BlackAndWhite_Has1020()
    {
        var image = Halves(20, 20, (0, 0, 0), (255, 255, 255));

        Assert.Equal(20, Count(EdgeDrawing.Draw(image, Sharp(0, 1019))));
        Assert.Equal(0, Count(EdgeDrawing.Draw(image, Sharp(0, 1020))));
    }

    /// <summary>Both have a luma of 76.</summary>
    [Fact]
    public void Draw_TwoColorsOfOneBrightness_HaveAnEdge()
        => Assert.Equal(24, Count(EdgeDrawing.Draw(Halves(40, 24, (255, 0, 0), (0, 130, 0)))));

    [Fact]
    public void Draw_NothingToSee_IsBlank()
    {
        Assert.Equal(0, Count(EdgeDrawing.Draw(TestImages.Constant(30, 20, 128))));
        Assert.Equal(0, Count(EdgeDrawing.Draw(DrawnPicture.Draw(64, 64, 1, noise: 0).Crop(0, 0, 1, 1))));
    }

    /// <summary>Noise of one level and slopes of up to four levels per pixel are not edges: the thresholds have a minimum.</summary>
    [Fact]
    public void FindThresholds_SmoothSurface_IsTheFloor()
    {
        var image = new PixelImage(64, 48, [.. Enumerable.Range(0, 64 * 48).Select(i => (byte)(100 + ((i * 7919 % 101) & 1)))], 1);

        var thresholds = EdgeDrawing.FindThresholds(image);

        Assert.Equal(new EdgeThresholds(8, 20), thresholds);
        Assert.Equal(0, Count(EdgeDrawing.Draw(image)));
    }

    /// <summary>A faint drawing next to a black-and-white one is kept, and is also found on its own.</summary>
    [Theory]
    [InlineData(0)]
    [InlineData(3)]
    public void Draw_AutomaticThresholds_KeepWhatIsMeant(int noise)
    {
        var image = DrawnPicture.Draw(128, 96, 3, noise);
        var faint = new PixelImage(128, 96, [.. image.Pixels.Select(level => (byte)(96 + (level / 4)))]);

        var (edges, faintEdges) = (EdgeDrawing.Draw(image), EdgeDrawing.Draw(faint));

        Assert.InRange(Count(edges), 500, 1500);
        Assert.InRange(Count(faintEdges), Count(edges) / 2, Count(edges) * 3 / 2);
    }

    [Fact]
    public void Draw_FixedAsFound_IsTheSame()
    {
        var image = DrawnPicture.Draw(96, 80, 4, noise: 5);
        var options = new EdgeOptions { Sigma = 2 };

        var edges = EdgeDrawing.Draw(image, options with { Thresholds = EdgeDrawing.FindThresholds(image, options) });

        Assert.Equal(EdgeDrawing.Draw(image, options).Pixels, edges.Pixels);
    }

    /// <summary>
    /// A speck of 3x3 pixels has an outline of 8 pixels. With a minimum length of 9 it is removed, and the long line is kept.
    /// </summary>
    [Fact]
    public void Draw_MinLength_LeavesShortLinesOut()
    {
        var image = Halves(60, 40, (60, 60, 60), (200, 200, 200));
        for (var y = 20; y < 23; y++)
            image.Pixels.AsSpan(3 * ((60 * y) + 12), 9).Fill(255);

        var all = Count(EdgeDrawing.Draw(image, Sharp(50, 100) with { MinLength = 1 }));
        var few = Count(EdgeDrawing.Draw(image, Sharp(50, 100) with { MinLength = 20 }));

        Assert.InRange(all, 46, 56);
        Assert.Equal(40, few);
    }

    [Fact]
    public void Draw_Alpha_IsLeftOut()
    {
        var image = DrawnPicture.Draw(64, 48, 5, noise: 0);
        var transparent = ChannelConversion.ToChannels(image, ImageChannels.Rgba);
        for (var i = 3; i < transparent.Pixels.Length; i += 4)
            transparent.Pixels[i] = (byte)(i * 31);

        Assert.Equal(EdgeDrawing.Draw(image).Pixels, EdgeDrawing.Draw(transparent).Pixels);
    }

    /// <summary>
    /// Lines are thin: fewer than one in a hundred pixels has neighbors to the right, below, and diagonally between them.
    /// </summary>
    [Fact]
    public void Draw_NoisyPicture_HasThinLines()
    {
        var edges = EdgeDrawing.Draw(DrawnPicture.Draw(256, 256, 6, noise: 6));

        var blocks = Enumerable.Range(0, 255 * 255).Select(i => (X: i % 255, Y: i / 255)).Count(
            at => Level(edges, at.X, at.Y) + Level(edges, at.X + 1, at.Y) + Level(edges, at.X, at.Y + 1) + Level(edges, at.X + 1, at.Y + 1) == 0);

        Assert.InRange(blocks / (double)Count(edges), 0, 0.01);
    }

    /// <summary>The bytes are the same on all platforms, for any vector width and image width.</summary>
    [Fact]
    public void Draw_OnAnyPlatform_GivesTheseBytes()
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var (width, height) in (ReadOnlySpan<(int, int)>)[(1, 1), (1, 9), (9, 1), (2, 2), (31, 7), (33, 65), (256, 256)])
        {
            foreach (var sigma in (ReadOnlySpan<double>)[0, 0.7, 1.4, 5])
                hash.AppendData(EdgeDrawing.Draw(DrawnPicture.Draw(width, height * 4, 7, noise: 9), new EdgeOptions { Sigma = sigma, MinLength = 1 }).Pixels);
        }

        Assert.Equal("cc1032aa8ff051d913432584d831a99a01ef163dc18c5b0c8ca14a4c19f5d11d", Convert.ToHexStringLower(hash.GetHashAndReset()));
    }

    [Fact]
    public void Draw_TwoChannels_ReportsWhatIsExpected()
    {
        var error = Assert.Throws<ArgumentException>(() => EdgeDrawing.Draw(new PixelImage(2, 2, channels: 2)));

        Assert.StartsWith("The image has 2 channels; expected 1 (gray), 3 (RGB) or 4 (RGBA).", error.Message);
    }

    private static EdgeOptions Sharp(double low, double high) => new() { Sigma = 0, Thresholds = new(low, high) };

    private static PixelImage Halves(int width, int height, (byte R, byte G, byte B) left, (byte R, byte G, byte B) right)
        => new(width, height, [.. Enumerable.Range(0, width * height).Select(i => i % width < width / 2 ? left : right)
            .SelectMany(color => (byte[])[color.R, color.G, color.B])]);

    private static byte[] Row(PixelImage edges, int y) => edges.Pixels[(y * edges.Width)..((y + 1) * edges.Width)];

    private static int Level(PixelImage edges, int x, int y) => edges.Pixels[(y * edges.Width) + x];

    private static int Count(PixelImage edges) => edges.Pixels.Count(level => level == Ink);
}

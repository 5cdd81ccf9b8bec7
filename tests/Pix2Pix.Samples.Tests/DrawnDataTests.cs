using System.Security.Cryptography;
using DrawnData;
using SkiaSharp;

namespace Pix2Pix.Samples.Tests;

/// <summary>The layout and the reproducibility of the drawn datasets.</summary>
public sealed class DrawnDataTests : IDisposable
{
    private readonly SampleFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(DrawnKind.Fronts, 8)]
    [InlineData(DrawnKind.Maps, 6)]
    public void MapsAndLabelsAreFlatColors(DrawnKind kind, int most)
    {
        var colors = Enumerable.Range(0, 20).SelectMany(number => Pixels(kind, number, 64, 1).Right).ToHashSet();

        Assert.Equal(most, colors.Count);
    }

    [Fact]
    public void OutlinesAreBlackOnWhite()
    {
        var colors = Enumerable.Range(0, 8).SelectMany(number => Pixels(DrawnKind.Edges, number, 64, 1).Left).ToHashSet();

        Assert.Equal([SKColors.Black, SKColors.White], colors);
    }

    // These halves contain no blended colors, so every platform gives these bytes.
    [Theory]
    [InlineData(DrawnKind.Edges, "A9761D6C5D057894")]
    [InlineData(DrawnKind.Fronts, "C27B3672796271CC")]
    [InlineData(DrawnKind.Maps, "B4C8C254F37B331E")]
    public void OutlinesLabelsAndMapsAreTheSameEverywhere(DrawnKind kind, string hash)
    {
        var pixels = Enumerable.Range(0, 8).Select(number => Pixels(kind, number, 64, 1))
            .SelectMany(pair => kind == DrawnKind.Edges ? pair.Left : pair.Right);

        Assert.Equal(hash, Convert.ToHexString(SHA256.HashData([.. pixels.SelectMany(Bytes)]))[..16]);
    }

    // Skia's rounding of blended colors depends on the processor: platforms differ by one or two levels.
    [Theory]
    [InlineData(DrawnKind.Edges, 174.5, 164.9, 151.2)]
    [InlineData(DrawnKind.Fronts, 153.4, 140.4, 131.1)]
    [InlineData(DrawnKind.Maps, 128.2, 125.4, 105.9)]
    public void PhotographsHaveTheSameColorsEverywhere(DrawnKind kind, double red, double green, double blue)
    {
        SKColor[] pixels = [.. Enumerable.Range(0, 8).Select(number => Pixels(kind, number, 64, 1))
            .SelectMany(pair => kind == DrawnKind.Edges ? pair.Right : pair.Left)];

        Assert.Equal(red, pixels.Average(pixel => pixel.Red), tolerance: 1);
        Assert.Equal(green, pixels.Average(pixel => pixel.Green), tolerance: 1);
        Assert.Equal(blue, pixels.Average(pixel => pixel.Blue), tolerance: 1);
    }

    [Theory]
    [InlineData(DrawnKind.Edges)]
    [InlineData(DrawnKind.Fronts)]
    [InlineData(DrawnKind.Maps)]
    public void AnotherNumberOrSeedIsAnotherPicture(DrawnKind kind)
    {
        var first = Pixels(kind, 0, 32, 1);

        Assert.Equal(first.Left, Pixels(kind, 0, 32, 1).Left);
        Assert.Equal(first.Right, Pixels(kind, 0, 32, 1).Right);
        Assert.NotEqual(first.Left, Pixels(kind, 8, 32, 1).Left);
        Assert.NotEqual(first.Right, Pixels(kind, 8, 32, 1).Right);
        Assert.NotEqual(first.Left, Pixels(kind, 0, 32, 2).Left);
        Assert.NotEqual(first.Right, Pixels(kind, 0, 32, 2).Right);
    }

    [Fact]
    public void PairsLieSideBySideInFoldersOfTheirOwn()
    {
        string folder = Drawn.Pairs(DrawnKind.Maps, _folder.File("maps"), new DrawnCounts(Train: 3, Validation: 2), size: 32, seed: 1);

        Assert.Equal(["001.png", "002.png", "003.png"], Directory.GetFiles(Path.Combine(folder, "train")).Select(Path.GetFileName).Order());
        Assert.Equal(["001.png", "002.png"], Directory.GetFiles(Path.Combine(folder, "val")).Select(Path.GetFileName).Order());
        Assert.False(Directory.Exists(Path.Combine(folder, "test")));
        _folder.HasImage("maps/train/001.png", 64, 32);

        var (aerial, map) = Pixels(DrawnKind.Maps, 2, 32, 1);
        using SKBitmap third = SKBitmap.Decode(Path.Combine(folder, "train", "003.png"));
        Assert.Equal(aerial[(7 * 32) + 5], third.GetPixel(5, 7));
        Assert.Equal(map[(7 * 32) + 5], third.GetPixel(32 + 5, 7));
    }

    [Theory]
    [InlineData(15)]
    [InlineData(1025)]
    public void SizesOutOfRangeAreRefused(int size)
        => Assert.Contains($"size is {size}; expected 16 to 1024", Assert.Throws<ArgumentOutOfRangeException>(
            () => Drawn.Pair(DrawnKind.Fronts, 0, size, seed: 1)).Message);

    [Fact]
    public void ALargeMapHasThePairsColorsAllOver()
    {
        SKColor[] map = LargeMap(640, 320, 1);
        var expected = Enumerable.Range(0, 20).SelectMany(number => Pixels(DrawnKind.Maps, number, 64, 1).Right).ToHashSet();

        Assert.Equal(640 * 320, map.Length);
        Assert.Equal(expected, map.ToHashSet());
        foreach (int x in (int[])[0, 160, 320, 480])
        {
            // Streets, blocks, parks and an avenue, or water.
            var part = Enumerable.Range(160, 160).SelectMany(y => map.AsSpan((y * 640) + x, 160).ToArray());
            Assert.InRange(part.Distinct().Count(), 4, 6);
        }

        Assert.Equal(map, LargeMap(640, 320, 1));
        Assert.NotEqual(map, LargeMap(640, 320, 2));
    }

    [Fact]
    public void LargeMapsOutOfRangeAreRefused()
    {
        Assert.Contains("size is 15", Assert.Throws<ArgumentOutOfRangeException>(() => Drawn.LargeMap(64, 64, 15, seed: 1)).Message);
        Assert.Throws<ArgumentOutOfRangeException>("width", () => Drawn.LargeMap(15, 64, 64, seed: 1));
        Assert.Contains("268,435,456", Assert.Throws<ArgumentOutOfRangeException>(() => Drawn.LargeMap(16385, 16384, 64, seed: 1)).Message);
    }

    private static (SKColor[] Left, SKColor[] Right) Pixels(DrawnKind kind, int number, int size, int seed)
    {
        var (left, right) = Drawn.Pair(kind, number, size, seed);
        using (left)
        using (right)
            return (left.Pixels, right.Pixels);
    }

    private static SKColor[] LargeMap(int width, int height, int seed)
    {
        using SKBitmap map = Drawn.LargeMap(width, height, size: 64, seed);
        return map.Pixels;
    }

    private static byte[] Bytes(SKColor color) => [color.Red, color.Green, color.Blue];
}

using System.Security.Cryptography;
using DrawnData;
using Microsoft.ML.Data;
using Pix2Pix.Imaging;
using Pix2Pix.ML.Data;

namespace Pix2Pix.Samples.Tests;

/// <summary>The drawn data sets: their layout, and that they are the same each time.</summary>
public sealed class DrawnDataTests : IDisposable
{
    private readonly SampleFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(DrawnKind.Fronts, 8)]
    [InlineData(DrawnKind.Maps, 6)]
    public void MapsAndLabelsAreFlatColors(DrawnKind kind, int most)
    {
        var colors = Enumerable.Range(0, 20).SelectMany(number => Colors(Drawn.Pair(kind, number, 64, seed: 1).Right)).ToHashSet();

        Assert.Equal(most, colors.Count);
    }

    [Fact]
    public void EdgesAreBlackOnWhite()
        => Assert.Equal([(0, 0, 0), (255, 255, 255)], Colors(Drawn.Pair(DrawnKind.Edges, 3, 64, seed: 1).Left).Order());

    // Sums, products, quotients and roots alone: each platform gives these bytes.
    [Theory]
    [InlineData(DrawnKind.Fronts, "35FD5624F371BCE1")]
    [InlineData(DrawnKind.Maps, "6F2CDAAD4508414C")]
    public void PicturesAreTheSameEverywhere(DrawnKind kind, string hash)
    {
        var (left, right) = Drawn.Pair(kind, 1, 64, seed: 1);

        Assert.Equal(hash, Convert.ToHexString(SHA256.HashData([.. left.Pixels, .. right.Pixels]))[..16]);
    }

    [Theory]
    [InlineData(DrawnKind.Edges)]
    [InlineData(DrawnKind.Fronts)]
    [InlineData(DrawnKind.Maps)]
    public void AnotherNumberOrSeedIsAnotherPicture(DrawnKind kind)
    {
        byte[] first = Drawn.Pair(kind, 0, 32, seed: 1).Left.Pixels;

        Assert.Equal(first, Drawn.Pair(kind, 0, 32, seed: 1).Left.Pixels);
        Assert.NotEqual(first, Drawn.Pair(kind, 8, 32, seed: 1).Left.Pixels);
        Assert.NotEqual(first, Drawn.Pair(kind, 0, 32, seed: 2).Left.Pixels);
    }

    [Fact]
    public void PairsLieSideBySideInFoldersOfTheirOwn()
    {
        string folder = Drawn.Pairs(DrawnKind.Maps, _folder.File("maps"), new DrawnCounts(Train: 3, Validation: 2), size: 32, seed: 1);

        Assert.Equal(["001.png", "002.png", "003.png"], Directory.GetFiles(Path.Combine(folder, "train")).Select(Path.GetFileName).Order());
        Assert.Equal(["001.png", "002.png"], Directory.GetFiles(Path.Combine(folder, "val")).Select(Path.GetFileName).Order());
        Assert.False(Directory.Exists(Path.Combine(folder, "test")));
        _folder.HasImage("maps/train/001.png", 64, 32);

        var (aerial, map) = Drawn.Pair(DrawnKind.Maps, 2, 32, seed: 1);
        using MLImage third = ImageFiles.Read(Path.Combine(folder, "train", "003.png"));
        Assert.Equal(Pixel(aerial, 5, 7), Pixel(third, 5, 7));
        Assert.Equal(Pixel(map, 5, 7), Pixel(third, 32 + 5, 7));
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
        PixelImage map = Drawn.LargeMap(width: 640, height: 320, size: 64, seed: 1);
        var expected = Enumerable.Range(0, 20)
            .SelectMany(number => Colors(Drawn.Pair(DrawnKind.Maps, number, 64, seed: 1).Right)).ToHashSet();

        Assert.Equal((640, 320), (map.Width, map.Height));
        Assert.Equal(expected.Order(), Colors(map).Order());
        foreach (int x in (int[])[0, 160, 320, 480])
            Assert.InRange(Colors(map.Crop(x, 160, 160, 160)).Count(), 4, 6); // streets, blocks, parks and an avenue, or water
        Assert.Equal(map.Pixels, Drawn.LargeMap(640, 320, 64, seed: 1).Pixels);
        Assert.NotEqual(map.Pixels, Drawn.LargeMap(640, 320, 64, seed: 2).Pixels);
    }

    [Fact]
    public void LargeMapsOutOfRangeAreRefused()
    {
        Assert.Contains("size is 15", Assert.Throws<ArgumentOutOfRangeException>(() => Drawn.LargeMap(64, 64, 15, seed: 1)).Message);
        Assert.Throws<ArgumentOutOfRangeException>("width", () => Drawn.LargeMap(15, 64, 64, seed: 1));
        Assert.Contains("268,435,456", Assert.Throws<ArgumentOutOfRangeException>(() => Drawn.LargeMap(16385, 16384, 64, seed: 1)).Message);
    }

    private static IEnumerable<(int, int, int)> Colors(PixelImage image)
        => image.Pixels.Chunk(3).Select(pixel => ((int)pixel[0], (int)pixel[1], (int)pixel[2])).Distinct();

    private static (int, int, int) Pixel(PixelImage image, int x, int y)
    {
        int at = 3 * ((y * image.Width) + x);
        return (image.Pixels[at], image.Pixels[at + 1], image.Pixels[at + 2]);
    }

    private static (int, int, int) Pixel(MLImage image, int x, int y)
    {
        int at = 4 * ((y * image.Width) + x);
        var (red, blue) = image.PixelFormat == MLPixelFormat.Rgba32 ? (0, 2) : (2, 0);
        return (image.Pixels[at + red], image.Pixels[at + 1], image.Pixels[at + blue]);
    }
}

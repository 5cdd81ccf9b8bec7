using Pix2Pix.Imaging;

namespace Pix2Pix.Core.Tests.Imaging;

public sealed class BlankingTests
{
    [Fact]
    public void Blank_Defaults_FillTheMiddleHalfWithGray()
    {
        var image = TestImages.Coordinates(16, 8);

        var blanked = Blanking.Blank(image);

        for (var i = 0; i < 16 * 8; i++)
        {
            var isInside = i % 16 is >= 4 and < 12 && i / 16 is >= 2 and < 6;
            Assert.Equal(isInside ? [128, 128, 128] : [(byte)(i % 16), (byte)(i / 16), 100], blanked.Pixels[(3 * i)..(3 * i + 3)]);
        }

        Assert.Equal(TestImages.Coordinates(16, 8).Pixels, image.Pixels);
    }

    [Fact]
    public void Blank_RandomBlocks_DependOnTheImageAndTheSeedOnly()
    {
        var (image, other) = (TestImages.Random(64, 48, 1), TestImages.Random(64, 48, 2));
        var options = new BlankOptions { RandomBlocks = 1, Size = 0.25, Level = 255 };

        var blanked = Blanking.Blank(image, options);

        Assert.Equal(blanked.Pixels, Blanking.Blank(image, options).Pixels);
        Assert.NotEqual(Left(image, blanked), Left(other, Blanking.Blank(other, options)));
        Assert.NotEqual(Left(image, blanked), Left(image, Blanking.Blank(image, options with { Seed = 1 })));
        Assert.InRange(image.Pixels.Zip(blanked.Pixels).Count(pair => pair.First != pair.Second), 16 * 12 * 3 * 95 / 100, 16 * 12 * 3);
    }

    [Fact]
    public void Blank_WholeImage_LeavesAlpha()
    {
        var image = new PixelImage(2, 1, [1, 2, 3, 4, 5, 6, 7, 8], channels: 4);

        var blanked = Blanking.Blank(image, new BlankOptions { RandomBlocks = 3, Size = 1, Level = 9 });

        Assert.Equal([9, 9, 9, 4, 9, 9, 9, 8], blanked.Pixels);
    }

    private static int Left(PixelImage image, PixelImage blanked)
        => Enumerable.Range(0, image.Pixels.Length).First(i => image.Pixels[i] != blanked.Pixels[i]);
}

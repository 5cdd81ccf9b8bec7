using Pix2Pix.Imaging;
using Pix2Pix.Metrics;

namespace Pix2Pix.Core.Tests.Metrics;

public class PaletteFinderTests
{
    private static readonly LabelColor[] Colors = [new(0, 0, 170), new(0, 85, 255), new(170, 255, 85), new(255, 0, 0)];

    [Fact]
    public void Find_MapsWithoutNoise_HasEachColorOnce()
    {
        var finder = new PaletteFinder();
        finder.Add(new PixelImage(3, 1, [1, 1, 1, 2, 2, 2, 2, 2, 2])); // neighbors, and yet two labels
        finder.Add(new PixelImage(2, 2, [9, 9, 9, 9, 9, 9, 9, 9, 9, 9, 9, 9]));

        Assert.Equal([new(9, 9, 9), new(2, 2, 2), new(1, 1, 1)], finder.Find().Colors);
    }

    [Fact]
    public void Find_NoisyMapsWithSoftEdges_FindsTheLabels()
    {
        var random = new Random(1);
        var finder = new PaletteFinder();
        for (var map = 0; map < 4; map++)
            finder.Add(Noisy(random));

        var found = finder.Find().Colors;

        Assert.Equal(Colors.Length, found.Count);
        Assert.All(Colors, color => Assert.Contains(found, f => f.SquaredDistance(color.Red, color.Green, color.Blue) < 8 * 8));
    }

    [Fact]
    public void Find_Photograph_IsRefused()
    {
        var finder = new PaletteFinder();
        finder.Add(ImageResizer.Resize(TestImages.Random(60, 60, seed: 1), 400, 400));

        var error = Assert.Throws<InvalidOperationException>(finder.Find);

        Assert.Matches(
            "^Found [0-9]+ color clusters in 160000 pixels; expected 2 to 64, one per label. Use label maps, or provide the palette.$",
            error.Message);
    }

    [Fact]
    public void Find_NothingOrOneColor_IsRefused()
    {
        var finder = new PaletteFinder();
        Assert.Contains("in 0 pixels: 0;", Assert.Throws<InvalidOperationException>(finder.Find).Message);
        finder.Add(new PixelImage(2, 2));
        Assert.Contains("in 4 pixels: 1;", Assert.Throws<InvalidOperationException>(finder.Find).Message);
    }

    // Stripes of 25 pixels with noise of up to 8 levels; the last column of each is half of the next stripe's color.
    private static PixelImage Noisy(Random random)
    {
        var image = new PixelImage(100, 60);
        for (var i = 0; i < image.Pixels.Length; i++)
        {
            var (x, channel) = (i / 3 % 100, i % 3);
            var (color, next) = (Colors[x / 25], Colors[Math.Min(x / 25 + 1, 3)]);
            var level = x % 25 == 24 ? (Level(color, channel) + Level(next, channel)) / 2 : Level(color, channel);
            image.Pixels[i] = (byte)Math.Clamp(level + random.Next(-8, 9), 0, 255);
        }

        return image;
    }

    private static int Level(LabelColor color, int channel) => channel switch { 0 => color.Red, 1 => color.Green, _ => color.Blue };
}

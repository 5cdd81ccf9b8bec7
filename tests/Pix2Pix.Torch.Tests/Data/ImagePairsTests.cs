using Pix2Pix.Torch.Data;
using Pix2Pix.Torch.Networks;
using Pix2Pix.Torch.Training;

namespace Pix2Pix.Torch.Tests.Data;

public class ImagePairsTests
{
    [Theory]
    [InlineData(256, 256, 286.0 / 256, 286, 286)]
    [InlineData(512, 256, 286.0 / 256, 572, 286)]
    [InlineData(64, 96, 286.0 / 256, 72, 107)]
    [InlineData(64, 96, 1.0, 64, 96)]
    [InlineData(32, 32, 4.0, 128, 128)]
    public void Constructor_Options_GiveTheLoadSize(int width, int height, double scale, int loadWidth, int loadHeight)
    {
        var pairs = new ImagePairs(new() { Width = width, Height = height }, new() { Augmentation = new() { LoadScale = scale } });
        Assert.Equal((loadWidth, loadHeight), (pairs.LoadWidth, pairs.LoadHeight));
        Assert.Equal(0, pairs.Count);
    }

    [Fact]
    public void Add_LargerImages_KeepsTheirCentreAtLoadSize()
    {
        var pairs = new ImagePairs(new() { Width = 64, Height = 32 }, new() { Augmentation = new() { LoadScale = 1 } });
        var (input, target) = (TestImages.Random(100, 90, seed: 1), TestImages.Random(200, 180, seed: 2));

        pairs.Add(input, target);

        Assert.Equal(1, pairs.Count);
        Assert.Equal(ImageResizer.Resize(ImageResizer.CropToAspect(input, 2, 1), 64, 32).Pixels, pairs[0].Input.Pixels);
        Assert.Equal(ImageResizer.Resize(ImageResizer.CropToAspect(target, 2, 1), 64, 32).Pixels, pairs[0].Target.Pixels);
    }

    [Fact]
    public void Add_ImagesOfLoadSize_KeepsCopies()
    {
        var pairs = new ImagePairs(new() { Width = 32, Height = 32 }, new() { Augmentation = new() { LoadScale = 1 } });
        var (input, target) = (TestImages.Random(32, 32, seed: 1), TestImages.Random(32, 32, seed: 2));
        byte[] before = [.. input.Pixels];

        pairs.Add(input, target);
        Array.Clear(input.Pixels);
        Array.Clear(target.Pixels);

        Assert.Equal(before, pairs[0].Input.Pixels);
        Assert.Contains(pairs[0].Target.Pixels, value => value != 0);
    }

    [Fact]
    public void Add_ImagesOfOtherShapes_SaysBoth()
    {
        var pairs = new ImagePairs(GeneratorOptions.Default, TrainingOptions.Default);
        var error = Assert.Throws<ArgumentException>(() => pairs.Add(new PixelImage(300, 200), new PixelImage(200, 300)));
        Assert.Equal(
            "The input is 300x200 and the target 200x300; expected two images of the same shape (width / height), in whatever resolution. "
            + "Crop one of them to the other's view.",
            error.Message);
        Assert.Equal(0, pairs.Count);
    }

    [Theory]
    [InlineData(100, 100, 100, 98, true)]
    [InlineData(100, 100, 100, 97, false)]
    [InlineData(601, 401, 300, 200, true)]
    [InlineData(1, 1, 4000, 4000, true)]
    [InlineData(40000, 1, 1, 40000, false)]
    public void HaveSameShape_Sides_MayDifferByTwoPercent(int width, int height, int otherWidth, int otherHeight, bool same)
    {
        var (one, other) = (new PixelImage(width, height), new PixelImage(otherWidth, otherHeight));
        Assert.Equal(same, ImagePairs.HaveSameShape(one, other));
        Assert.Equal(same, ImagePairs.HaveSameShape(other, one));
    }
}

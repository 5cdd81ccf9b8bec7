using Pix2Pix.Imaging;
using Pix2Pix.Torch.Data;

namespace Pix2Pix.Torch.Tests.Data;

public class PairPreparationTests
{
    [Theory]
    [InlineData(256, 256, 286.0 / 256, 286, 286)]
    [InlineData(512, 256, 286.0 / 256, 572, 286)]
    [InlineData(64, 96, 286.0 / 256, 72, 107)]
    [InlineData(64, 96, 1.0, 64, 96)]
    [InlineData(32, 32, 4.0, 128, 128)]
    public void Constructor_Options_GiveTheLoadSize(int width, int height, double scale, int loadWidth, int loadHeight)
    {
        var preparation = new PairPreparation(
            new() { Width = width, Height = height }, new() { Augmentation = new() { LoadScale = scale } });
        Assert.Equal((loadWidth, loadHeight), (preparation.LoadWidth, preparation.LoadHeight));
    }

    [Fact]
    public void Prepare_ResizeAndCropCubic_CutsAroundTheCenterAndResizes()
    {
        var (input, target) = (TestImages.Random(100, 90, seed: 1), TestImages.Random(200, 180, seed: 2));

        var pair = Preparation(64, 32).Prepare(input, target);

        Assert.Equal(ImageResizer.Resize(ImageResizer.CropToAspect(input, 2, 1), 64, 32).Pixels, pair.Input.Pixels);
        Assert.Equal(ImageResizer.Resize(ImageResizer.CropToAspect(target, 2, 1), 64, 32).Pixels, pair.Target.Pixels);
    }

    /// <summary>Like inference with images of another aspect ratio.</summary>
    [Fact]
    public void Prepare_ResizeAndCropNearestInput_StretchesBoth()
    {
        var (input, target) = (TestImages.Random(100, 90, seed: 1), TestImages.Random(200, 180, seed: 2));

        var pair = Preparation(64, 32, new() { InputKernel = ResizeKernel.Nearest }).Prepare(input, target);

        Assert.Equal(ImageResizer.Resize(input, 64, 32, ResizeKernel.Nearest).Pixels, pair.Input.Pixels);
        Assert.Equal(ImageResizer.Resize(target, 64, 32, ResizeKernel.Cubic).Pixels, pair.Target.Pixels);
    }

    [Fact]
    public void Prepare_NearestTarget_CutsBothAndInventsNoLabel()
    {
        var (input, target) = (TestImages.Random(100, 90, seed: 1), TestImages.Random(200, 180, seed: 2));

        var pair = Preparation(64, 32, new() { TargetKernel = ResizeKernel.Nearest }).Prepare(input, target);

        Assert.Equal(ImageResizer.Resize(ImageResizer.CropToAspect(input, 2, 1), 64, 32).Pixels, pair.Input.Pixels);
        Assert.Equal(
            ImageResizer.Resize(ImageResizer.CropToAspect(target, 2, 1), 64, 32, ResizeKernel.Nearest).Pixels, pair.Target.Pixels);
    }

    [Theory]
    [InlineData(64, 32)]
    [InlineData(101, 33)]
    public void Prepare_Crop_KeepsTheInputsSize(int width, int height)
    {
        var (input, target) = (TestImages.Random(width, height, seed: 1), TestImages.Random(2 * width, 2 * height, seed: 2));

        var pair = Preparation(64, 32, new() { Mode = PreprocessingMode.Crop }).Prepare(input, target);

        Assert.Equal(input.Pixels, pair.Input.Pixels);
        Assert.NotSame(input.Pixels, pair.Input.Pixels);
        Assert.Equal(ImageResizer.Resize(target, width, height).Pixels, pair.Target.Pixels);
    }

    [Theory]
    [InlineData(100, 90, 64, 58)]
    [InlineData(32, 16, 64, 32)]
    [InlineData(33, 100, 64, 194)]
    public void Prepare_ScaleWidth_LetsTheHeightFollow(int width, int height, int loadWidth, int loadHeight)
    {
        var (input, target) = (TestImages.Random(width, height, seed: 1), TestImages.Random(width, height, seed: 2));

        var pair = Preparation(64, 32, new() { Mode = PreprocessingMode.ScaleWidth }).Prepare(input, target);

        Assert.Equal(ImageResizer.Resize(input, loadWidth, loadHeight).Pixels, pair.Input.Pixels);
        Assert.Equal((loadWidth, loadHeight), (pair.Input.Width, pair.Input.Height));
        Assert.Equal(ImageResizer.Resize(target, loadWidth, loadHeight).Pixels, pair.Target.Pixels);
    }

    [Fact]
    public void Prepare_ShapesThatDifferALittle_GiveOneSize()
    {
        foreach (var mode in new[] { PreprocessingMode.ResizeAndCrop, PreprocessingMode.Crop, PreprocessingMode.ScaleWidth })
        {
            var pair = Preparation(64, 32, new() { Mode = mode }).Prepare(new PixelImage(100, 100), new PixelImage(100, 98));
            Assert.Equal((pair.Input.Width, pair.Input.Height), (pair.Target.Width, pair.Target.Height));
        }
    }

    [Fact]
    public void Prepare_None_KeepsCopiesOfTheImages()
    {
        var (input, target) = (TestImages.Random(64, 32, seed: 1), TestImages.Random(64, 32, seed: 2));
        byte[] before = [.. input.Pixels];

        var pair = Preparation(64, 32, new() { Mode = PreprocessingMode.None }, loadScale: 2).Prepare(input, target);
        Array.Clear(input.Pixels);
        Array.Clear(target.Pixels);

        Assert.Equal(before, pair.Input.Pixels);
        Assert.Equal((64, 32), (pair.Target.Width, pair.Target.Height));
        Assert.Contains(pair.Target.Pixels, value => value != 0);
    }

    /// <summary>Every layout from every kind of image, from 1x1 pixels on.</summary>
    [Fact]
    public void Prepare_AnyChannels_ConvertsAfterResizing()
    {
        foreach (var (channels, kind) in from c in (int[])[1, 3, 4] from k in Enum.GetValues<ImageChannels>() select (c, k))
        {
            var generator = new GeneratorOptions { Width = 32, Height = 32, Input = kind, Output = ImageChannels.Gray };
            var image = new PixelImage(41, 41, channels);
            new Random(channels).NextBytes(image.Pixels);

            var pair = new PairPreparation(generator, TrainingOptions.Default).Prepare(image, new PixelImage(1, 1, 3));

            var resized = ImageResizer.Resize(ImageResizer.CropToAspect(image, 1, 1), 36, 36);
            Assert.Equal(kind.Count(), pair.Input.Channels);
            Assert.Equal(ChannelConversion.ToChannels(resized, kind).Pixels, pair.Input.Pixels);
            Assert.Equal((36, 36, 1), (pair.Target.Width, pair.Target.Height, pair.Target.Channels));
        }
    }

    [Theory]
    [InlineData(
        PreprocessingMode.ResizeAndCrop, 300, 200, 200, 300,
        "The input is 300x200 and the target is 200x300; expected the same aspect ratio at any resolution. Crop one of the images to "
        + "match the other.")]
    [InlineData(
        PreprocessingMode.Crop, 63, 40, 126, 80,
        "The input is 63x40, and mode Crop does not resize it; expected at least the generator's 64x32. Remove the pair, use a smaller "
        + "generator size, or use mode ResizeAndCrop.")]
    [InlineData(
        PreprocessingMode.ScaleWidth, 500, 200, 500, 200,
        "The input is 500x200, and mode ScaleWidth resizes it to 64x26; expected at least the generator's 64x32. Remove the pair, use a "
        + "smaller generator size, or use mode ResizeAndCrop.")]
    [InlineData(
        PreprocessingMode.None, 64, 32, 128, 64,
        "The input is 64x32 and the target is 128x64; mode None does not resize images, so both must match the generator's 64x32. Resize "
        + "them first, or use mode ResizeAndCrop.")]
    [InlineData(
        PreprocessingMode.None, 66, 32, 66, 32,
        "The input is 66x32 and the target is 66x32; mode None does not resize images, so both must match the generator's 64x32. Resize "
        + "them first, or use mode ResizeAndCrop.")]
    public void Prepare_ImagesThatDoNotFit_ReportsSizes(
        PreprocessingMode mode, int width, int height, int targetWidth, int targetHeight, string text)
    {
        var preparation = Preparation(64, 32, new() { Mode = mode });
        var error = Assert.Throws<ArgumentException>(
            () => preparation.Prepare(new PixelImage(width, height), new PixelImage(targetWidth, targetHeight)));
        Assert.Equal(text, error.Message);
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
        Assert.Equal(same, PairPreparation.HaveSameShape(one, other));
        Assert.Equal(same, PairPreparation.HaveSameShape(other, one));
    }

    [Fact]
    public void Equals_OptionsThatMatter_DistinguishesThem()
    {
        var (generator, training) = (new GeneratorOptions { Width = 64 }, TrainingOptions.Default);
        var one = new PairPreparation(generator, training);

        Assert.Equal(one, new PairPreparation(generator with { Filters = 3 }, training with { Epochs = 3 }));
        Assert.NotEqual(one, new PairPreparation(generator with { Input = ImageChannels.Gray }, training));
        Assert.NotEqual(one, new PairPreparation(generator with { Output = ImageChannels.Gray }, training));
        Assert.NotEqual(one, new PairPreparation(generator with { Height = 128 }, training));
        Assert.NotEqual(one, new PairPreparation(generator, training with { Augmentation = AugmentationOptions.None }));
        Assert.NotEqual(
            one, new PairPreparation(generator, training with { Preprocessing = new() { TargetKernel = ResizeKernel.Nearest } }));
    }

    private static PairPreparation Preparation(int width, int height, PreprocessingOptions? options = null, double loadScale = 1)
        => new(
            new() { Width = width, Height = height },
            new() { Augmentation = new() { LoadScale = loadScale }, Preprocessing = options ?? PreprocessingOptions.Default });
}

using Pix2Pix.Imaging;
using Pix2Pix.Torch.Data;
using static TorchSharp.torch;

namespace Pix2Pix.Torch.Tests.Data;

[Collection(TorchCollection.Name)]
public class PairBatchTests
{
    private static readonly GeneratorOptions Generator = new() { Width = 64, Height = 32 };

    private static readonly TrainingOptions Training = new() { Augmentation = new() { LoadScale = 1.25 }, Seed = 5 };

    [Fact]
    public void Augmented_InputIsTarget_DrawsOnceForBoth()
    {
        using var batch = Batch(epoch: 1);
        Assert.Equal([3, 3, 32, 64], batch.Input.shape);
        Assert.Equal([3, 3, 32, 64], batch.Target.shape);
        Assert.Equal(Tensors.Floats(batch.Input), Tensors.Floats(batch.Target));
    }

    [Fact]
    public void Augmented_PairsOfABatch_HaveDrawsOfTheirOwn()
    {
        using var batch = Batch(epoch: 1);
        using var scope = NewDisposeScope();
        var images = Enumerable.Range(0, 3).Select(i => string.Join(' ', Tensors.Floats(batch.Input[i])));
        Assert.Equal(3, images.Distinct().Count());
    }

    /// <summary>A pair's draw depends only on the seed, the epoch and the pair, not on its position in a batch.</summary>
    [Fact]
    public void Augmented_SamePairAtAnotherPosition_LooksTheSame()
    {
        using var scope = NewDisposeScope();
        using var batch = Batch(epoch: 2, 0, 1, 2);
        using var other = Batch(epoch: 2, 2);
        Assert.Equal(Tensors.Floats(batch.Input[2]), Tensors.Floats(other.Input[0]));
    }

    [Fact]
    public void Augmented_AnotherEpochOrSeed_LooksDifferent()
    {
        using var first = Batch(epoch: 1);
        using var second = Batch(epoch: 2);
        using var seeded = Batch(epoch: 1, Training with { Seed = 6 }, 0, 1, 2);
        Assert.NotEqual(Tensors.Floats(first.Input), Tensors.Floats(second.Input));
        Assert.NotEqual(Tensors.Floats(first.Input), Tensors.Floats(seeded.Input));
    }

    /// <summary>Pairs may differ in size and images in channels: each pair gets a crop of the generator's size.</summary>
    [Fact]
    public void Augmented_SeveralSizesAndChannels_GivesCropsOfOneSize()
    {
        using var scope = NewDisposeScope();
        var generator = Generator with { Input = ImageChannels.Gray, Output = ImageChannels.Chroma };
        var training = Training with { Preprocessing = new() { Mode = PreprocessingMode.Crop } };
        var pairs = new ImagePairs(generator, training);
        pairs.Add(TestImages.Coordinates(64, 32), TestImages.Coordinates(64, 32));
        pairs.Add(TestImages.Coordinates(91, 77), TestImages.Coordinates(91, 77));

        training = training with { Augmentation = AugmentationOptions.None };
        using var batch = PairBatch.Augmented([pairs[0], pairs[1]], [0, 1], generator, training, epoch: 1, CPU);

        Assert.Equal([2, 1, 32, 64], batch.Input.shape);
        Assert.Equal([2, 2, 32, 64], batch.Target.shape);
        Assert.Equal(PixelTensor.ToImage(batch.Input[0].unsqueeze(0)).Pixels, pairs[0].Input.Pixels);
        Assert.Equal(PixelTensor.ToImage(batch.Target[0].unsqueeze(0)).Pixels, pairs[0].Target.Pixels);
        var crops = from y in Enumerable.Range(0, 46) from x in Enumerable.Range(0, 28) select pairs[1].Target.Crop(x, y, 64, 32).Pixels;
        var crop = PixelTensor.ToImage(batch.Target[1].unsqueeze(0)).Pixels;
        Assert.Contains(crops, pixels => pixels.AsSpan().SequenceEqual(crop));
    }

    /// <summary>Pairs after Crop or ScaleWidth preprocessing: different sizes, and different channels of input and target.</summary>
    [Fact]
    public void Augmented_SizesAndChannels_MayDiffer()
    {
        var generator = Generator with { Input = ImageChannels.Gray, Output = ImageChannels.Rgba };
        ImagePair[] pairs = [Constant(64, 32, 10, 20), Constant(100, 40, 30, 40)];

        using var batch = PairBatch.Augmented(pairs, [0, 1], generator, Training, epoch: 1, CPU);

        Assert.Equal([2, 1, 32, 64], batch.Input.shape);
        Assert.Equal([2, 4, 32, 64], batch.Target.shape);
        const int pixels = 32 * 64;
        Assert.Equal(Values((10, pixels), (30, pixels)), Tensors.Floats(batch.Input));
        Assert.Equal(Values((20, 4 * pixels), (40, 4 * pixels)), Tensors.Floats(batch.Target));

        static ImagePair Constant(int width, int height, byte input, byte target)
        {
            var pair = new ImagePair(new PixelImage(width, height, 1), new PixelImage(width, height, 4));
            pair.Input.Pixels.AsSpan().Fill(input);
            pair.Target.Pixels.AsSpan().Fill(target);
            return pair;
        }

        static float[] Values(params (int Level, int Count)[] runs)
            => [.. runs.SelectMany(run => Enumerable.Repeat((run.Level / 127.5f) - 1, run.Count))];
    }

    [Theory]
    [InlineData(63, 32, 63, 32, 3)]
    [InlineData(64, 31, 64, 31, 3)]
    [InlineData(64, 32, 64, 33, 3)]
    [InlineData(64, 32, 64, 32, 1)]
    public void Augmented_PairThatDoesNotFit_IsNamed(int width, int height, int targetWidth, int targetHeight, int channels)
    {
        var pair = new ImagePair(new PixelImage(width, height), new PixelImage(targetWidth, targetHeight, channels));

        var error = Assert.Throws<InvalidOperationException>(
            () => PairBatch.Augmented([Pairs()[0], pair], [0, 17], Generator, Training, epoch: 1, CPU));

        Assert.Equal(
            $"Pair 17 has an input of {width}x{height} pixels with 3 channels and a target of {targetWidth}x{targetHeight} pixels with " +
            $"{(channels == 1 ? "1 channel" : $"{channels} channels")}; expected 3 and 3 channels and equal sizes of at least 64x32 pixels.",
            error.Message);
    }

    private static PairBatch Batch(int epoch, params int[] rows) => Batch(epoch, Training, rows is [] ? [0, 1, 2] : rows);

    private static PairBatch Batch(int epoch, TrainingOptions training, params int[] rows)
        => PairBatch.Augmented(
            [.. rows.Select(row => Pairs()[row])], rows, Generator, training, epoch, CPU);

    private static ImagePairs Pairs()
    {
        var pairs = new ImagePairs(Generator, Training);
        for (var i = 0; i < 3; i++)
            pairs.Add(TestImages.Coordinates(80, 40), TestImages.Coordinates(80, 40));
        return pairs;
    }
}

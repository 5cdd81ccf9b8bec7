using Pix2Pix.Imaging;
using Pix2Pix.Torch.Data;
using static TorchSharp.torch;

namespace Pix2Pix.Torch.Tests.Data;

/// <summary>With the CPU as the device: bit-identical to the batches created on the host.</summary>
[Collection(TorchCollection.Name)]
public class DevicePairsTests
{
    [Theory]
    [InlineData(32, 32, ImageChannels.Rgb, ImageChannels.Rgb, true)]
    [InlineData(64, 32, ImageChannels.Rgb, ImageChannels.Rgb, false)]
    [InlineData(32, 32, ImageChannels.Gray, ImageChannels.Rgba, true)]
    [InlineData(32, 64, ImageChannels.Lightness, ImageChannels.Chroma, false)]
    public void Batch_CropMirrorAndAngles_GivesTheHostsBits(int width, int height, ImageChannels from, ImageChannels to, bool angles)
    {
        var generator = new GeneratorOptions { Width = width, Height = height, Input = from, Output = to };
        var training = new TrainingOptions { Augmentation = new() { RightAngles = angles }, Seed = 3 };
        ImagePair[] pairs = [.. Enumerable.Range(0, 12).Select(i => Pair(width + 5, height + 4, generator, i))];
        int[] rows = [7, 0, 11, 3, 4, 5, 6, 9];

        using var kept = DevicePairs.TryRead(Rows(pairs), pairs.Length, generator, training, CPU)!;
        using var onDevice = kept.Batch(rows, epoch: 2);
        using var onHost = PairBatch.Augmented([.. rows.Select(row => pairs[row])], rows, generator, training, epoch: 2, CPU);

        Assert.Equal(rows, onDevice.Rows);
        Assert.Equal(onHost.Input.shape, onDevice.Input.shape);
        Assert.Equal(onHost.Target.shape, onDevice.Target.shape);
        Assert.Equal(Tensors.Floats(onHost.Input), Tensors.Floats(onDevice.Input));
        Assert.Equal(Tensors.Floats(onHost.Target), Tensors.Floats(onDevice.Target));
    }

    [Fact]
    public void Batch_AllLevels_GivesTheHostsBits()
    {
        var generator = new GeneratorOptions { Width = 32, Height = 32, Input = ImageChannels.Gray, Output = ImageChannels.Gray };
        var training = new TrainingOptions { Augmentation = AugmentationOptions.None };
        var pair = Pair(32, 32, generator, 0);
        for (var i = 0; i < pair.Input.Pixels.Length; i++)
            pair.Input.Pixels[i] = (byte)i;

        using var kept = DevicePairs.TryRead(Rows([pair]), 1, generator, training, CPU)!;
        using var batch = kept.Batch([0], epoch: 1);

        Assert.Equal(pair.Input.Pixels.Select(level => (level / 127.5f) - 1), Tensors.Floats(batch.Input));
    }

    [Fact]
    public void TryRead_TooManyBytes_LeavesThemOnTheHost()
    {
        var generator = new GeneratorOptions { Width = 32, Height = 32 };
        ImagePair[] pairs = [Pair(36, 36, generator, 0), Pair(36, 36, generator, 1)];
        const long bytes = 2 * 2 * 3 * 36 * 36;

        using var fits = DevicePairs.TryRead(Rows(pairs), 2, generator, TrainingOptions.Default, CPU, bytes);
        using var tooLarge = DevicePairs.TryRead(Rows(pairs), 2, generator, TrainingOptions.Default, CPU, bytes - 1);

        Assert.NotNull(fits);
        Assert.Null(tooLarge);
    }

    [Fact]
    public void TryRead_SeveralSizes_LeavesThemOnTheHostWithoutLeaks()
    {
        var generator = new GeneratorOptions { Width = 32, Height = 32 };
        var before = Tensors.Living();
        Assert.Null(DevicePairs.TryRead(
            Rows([Pair(36, 36, generator, 0), Pair(36, 37, generator, 1)]), 2, generator, TrainingOptions.Default, CPU));
        Assert.Equal(before, Tensors.Living());
    }

    [Fact]
    public void Batch_Disposed_LeavesNoTensor()
    {
        var generator = new GeneratorOptions { Width = 32, Height = 32 };
        var before = Tensors.Living();
        using (var kept = DevicePairs.TryRead(Rows([Pair(36, 36, generator, 0)]), 1, generator, TrainingOptions.Default, CPU)!)
            kept.Batch([0], epoch: 1).Dispose();
        Assert.Equal(before, Tensors.Living());
    }

    private static IEnumerable<(int Row, ImagePair Pair)> Rows(IEnumerable<ImagePair> pairs) => pairs.Index();

    private static ImagePair Pair(int width, int height, GeneratorOptions generator, int seed)
    {
        var pair = new ImagePair(new PixelImage(width, height, generator.InputChannels), new PixelImage(width, height, generator.OutputChannels));
        var random = new Random(seed);
        random.NextBytes(pair.Input.Pixels);
        random.NextBytes(pair.Target.Pixels);
        return pair;
    }
}

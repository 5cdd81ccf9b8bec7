using Pix2Pix.Torch.Networks;
using static TorchSharp.torch;
using Generator = Pix2Pix.Torch.Networks.Generator;

namespace Pix2Pix.Torch.Tests.Networks;

[Collection(TorchCollection.Name)]
public sealed class TrainingStatisticsTests
{
    private static readonly GeneratorOptions Small = new() { Width = 32, Height = 32, Filters = 4 };

    [Fact]
    public void Apply_StatisticsOfEachImage_IsWhatItTranslatesWith()
    {
        using var scope = NewDisposeScope();
        using var generator = Make();
        var images = rand(3, 3, 32, 32);

        var learning = generator.Apply(new TrainingOps(1, NormStatistics.Image), images);
        var translating = generator.Translate(images, InferenceOptions.Default);

        Assert.Equal(0, (learning - translating).abs().max().Value(), 1e-6);
    }

    [Fact]
    public void Apply_StatisticsOfTheBatch_MoveTheRunningOnesAndMixImages()
    {
        using var scope = NewDisposeScope();
        using var generator = Make();
        var images = rand(3, 3, 32, 32);
        var before = Running(generator);

        var alone = generator.Apply(new TrainingOps(1, NormStatistics.Image), images);
        Assert.Equal(before, Running(generator));

        var together = generator.Apply(new TrainingOps(1, NormStatistics.Running), images);
        Assert.NotEqual(before, Running(generator));
        Assert.True((alone - together).abs().max().Value() > 1e-3);
    }

    private static Generator Make()
    {
        var generator = Generator.Create(Small, TensorFactory.Cpu);
        WeightInit.Draw(generator, WeightInitOptions.Default, seed: 3);
        return generator;
    }

    private static float[] Running(Generator generator)
        => [.. generator.named_buffers().SelectMany(buffer => buffer.buffer.data<float>().ToArray())];
}

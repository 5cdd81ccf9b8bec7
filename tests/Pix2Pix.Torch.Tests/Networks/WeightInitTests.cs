using Pix2Pix.Torch.Networks;
using static TorchSharp.torch;
using Generator = Pix2Pix.Torch.Networks.Generator;

namespace Pix2Pix.Torch.Tests.Networks;

[Collection(TorchCollection.Name)]
public class WeightInitTests
{
    private static readonly GeneratorOptions Options = new() { Width = 64, Height = 64, Filters = 16 };

    /// <summary>Bounds of five standard deviations of the mean and of the standard deviation of n draws.</summary>
    [Fact]
    public void Normal_Weights_AreDrawnAsInThePaper()
    {
        using var scope = NewDisposeScope();
        using var generator = Drawn(Options, seed: 1);
        var weights = generator.named_parameters().Where(p => p.name.EndsWith("weight")).ToLookup(p => p.name.EndsWith("norm.weight"));

        AssertNormal(weights[false].SelectMany(p => Tensors.Doubles(p.parameter)), mean: 0);
        AssertNormal(weights[true].SelectMany(p => Tensors.Doubles(p.parameter)), mean: 1);
        Assert.All(weights[false], p => AssertNormal(Tensors.Doubles(p.parameter), mean: 0));
    }

    [Theory]
    [InlineData(NormKind.Batch)]
    [InlineData(NormKind.None)]
    public void Normal_Biases_AreZero(NormKind norm)
    {
        using var scope = NewDisposeScope();
        using var generator = Drawn(Options with { Norm = norm }, seed: 1);
        var biases = generator.named_parameters().Where(p => p.name.EndsWith("bias")).ToList();
        Assert.NotEmpty(biases);
        Assert.All(biases, b => Assert.All(Tensors.Floats(b.parameter), v => Assert.Equal(0, v)));
    }

    [Fact]
    public void Normal_SameSeed_GivesSameWeights()
    {
        Assert.Equal(Weights(seed: 1), Weights(seed: 1));
        Assert.NotEqual(Weights(seed: 1), Weights(seed: 2));
        Assert.NotEqual(Weights(seed: 1), Weights(seed: -1));
    }

    private static float[] Weights(int seed)
    {
        using var scope = NewDisposeScope();
        using var generator = Drawn(new() { Width = 32, Height = 32, Filters = 2 }, seed);
        return [.. generator.parameters().SelectMany(Tensors.Floats)];
    }

    private static Generator Drawn(GeneratorOptions options, int seed)
    {
        var generator = Generator.Create(options, Placement.Cpu);
        WeightInit.Normal(generator, seed);
        return generator;
    }

    private static void AssertNormal(IEnumerable<double> draws, double mean)
    {
        const double deviation = 0.02;
        double[] values = [.. draws];
        var actualMean = values.Average();
        var actualDeviation = Math.Sqrt(values.Average(v => (v - actualMean) * (v - actualMean)));
        var bound = 5 * deviation / Math.Sqrt(values.Length);
        Assert.InRange(actualMean, mean - bound, mean + bound);
        Assert.InRange(actualDeviation, deviation - bound, deviation + bound);
    }
}

using Pix2Pix.Torch.Networks;
using Pix2Pix.Torch.Tests.Diagnostics;
using static TorchSharp.torch;
using Generator = Pix2Pix.Torch.Networks.Generator;

namespace Pix2Pix.Torch.Tests.Networks;

[Collection(TorchCollection.Name)]
public class WeightInitTests
{
    private static readonly GeneratorOptions Options = new() { Width = 64, Height = 64, Filters = 16 };

    public static TheoryData<WeightInitKind> Kinds => [.. Enum.GetValues<WeightInitKind>()];

    [Fact]
    public void Draw_Normal_IsAsInThePaper()
    {
        using var scope = NewDisposeScope();
        using var generator = Drawn(Options, WeightInitOptions.Default);
        var weights = Weights(generator).ToList();

        AssertNormal(weights.SelectMany(p => Tensors.Doubles(p.Weight)), deviation: 0.02);
        Assert.All(weights, p => AssertNormal(Tensors.Doubles(p.Weight), deviation: 0.02));
    }

    [Fact]
    public void Draw_NormalWithGain_HasItAsDeviation()
    {
        using var scope = NewDisposeScope();
        using var generator = Drawn(Options, new() { Gain = 0.5 });
        Assert.All(Weights(generator), p => AssertNormal(Tensors.Doubles(p.Weight), deviation: 0.5));
    }

    /// <summary>The fans are the first two axes times the kernel size, for convolutions and transposed convolutions.</summary>
    [Theory]
    [InlineData(0.02)]
    [InlineData(1.0)]
    public void Draw_Xavier_HasItsDeviationByFans(double gain)
    {
        using var scope = NewDisposeScope();
        using var generator = Drawn(Options, new() { Kind = WeightInitKind.Xavier, Gain = gain });
        Assert.All(Weights(generator), p =>
        {
            var (ins, outs) = (p.Weight.shape[1] * 16, p.Weight.shape[0] * 16);
            AssertNormal(Tensors.Doubles(p.Weight), gain * Math.Sqrt(2.0 / (ins + outs)));
        });
    }

    /// <summary>The fan-in of a transposed convolution is its outputs times the kernel size, as in PyTorch.</summary>
    [Theory]
    [InlineData(0.02)]
    [InlineData(1.0)]
    public void Draw_Kaiming_HasItsDeviationByFanInAndNoGain(double gain)
    {
        using var scope = NewDisposeScope();
        using var generator = Drawn(Options, new() { Kind = WeightInitKind.Kaiming, Gain = gain });
        Assert.All(Weights(generator), p => AssertNormal(Tensors.Doubles(p.Weight), Math.Sqrt(2.0 / (p.Weight.shape[1] * 16))));
        Assert.Equal([64, 16, 4, 4], Weights(generator).Single(p => p.Name == "decoder5.weight").Weight.shape); // (inputs, outputs, 4, 4)
    }

    /// <summary>
    /// As a matrix with one row per index of the first axis: W W' = gain^2 I, or W' W = gain^2 I if there are more rows than columns.
    /// </summary>
    [Theory]
    [InlineData(0.02)]
    [InlineData(1.0)]
    public void Draw_Orthogonal_IsOrthogonalTimesGain(double gain)
    {
        using var scope = NewDisposeScope();
        using var generator = Drawn(Options, new() { Kind = WeightInitKind.Orthogonal, Gain = gain });
        Assert.All(Weights(generator), p => AssertOrthogonal(p.Weight, gain));
    }

    /// <summary>1x1 convolutions from 3 to 16 channels have more rows than columns.</summary>
    [Fact]
    public void Draw_OrthogonalOfMoreRowsThanColumns_HasOrthogonalColumns()
    {
        using var scope = NewDisposeScope();
        using var discriminator = new Discriminator(new() { Layers = 0, Filters = 16, Conditional = false }, 3, 3, TensorFactory.Cpu);
        WeightInit.Draw(discriminator, new() { Kind = WeightInitKind.Orthogonal, Gain = 2 }, seed: 1);
        Assert.Equal([16, 3, 1, 1], Weights(discriminator).First().Weight.shape);
        Assert.All(Weights(discriminator), p => AssertOrthogonal(p.Weight, gain: 2));
    }

    /// <summary>
    /// A plain QR decomposition would give matrices with a preferred sign; here, the mean of an entry over many draws is near zero.
    /// </summary>
    [Fact]
    public void Draw_OrthogonalOfManySeeds_HasNoPreferredSign()
    {
        using var scope = NewDisposeScope();
        var first = Enumerable.Range(0, 400).Select(seed =>
        {
            using var layer = new ConvolutionLayer(new(1, 1, 0), 4, 4, NormKind.None, bias: false, TensorFactory.Cpu);
            WeightInit.Draw(layer, new() { Kind = WeightInitKind.Orthogonal, Gain = 1 }, seed);
            return Tensors.Doubles(layer.Weight)[0];
        });
        Assert.InRange(first.Average(), -0.125, 0.125); // an entry has a standard deviation of 1/2; five standard deviations of the mean are 0.125
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Draw_AnyKind_DrawsScalesAroundOneAndNoShift(WeightInitKind kind)
    {
        using var scope = NewDisposeScope();
        using var generator = Drawn(Options, new() { Kind = kind, Gain = 0.5 });
        using var biased = Drawn(Options with { Norm = NormKind.None }, new() { Kind = kind, Gain = 0.5 });

        var scales = generator.named_parameters().Where(p => p.name.EndsWith("norm.weight")).SelectMany(p => Tensors.Doubles(p.parameter));
        AssertNormal(scales, deviation: 0.02, mean: 1);
        Assert.All([generator, biased], network =>
        {
            var biases = network.named_parameters().Where(p => p.name.EndsWith("bias")).ToList();
            Assert.NotEmpty(biases);
            Assert.All(biases, b => Assert.All(Tensors.Floats(b.parameter), v => Assert.Equal(0, v)));
        });
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Draw_SameSeed_GivesSameWeights(WeightInitKind kind)
    {
        Assert.Equal(All(kind, seed: 1), All(kind, seed: 1));
        Assert.NotEqual(All(kind, seed: 1), All(kind, seed: 2));
        Assert.NotEqual(All(kind, seed: 1), All(kind, seed: -1));
    }

    [Fact]
    public void Draw_Always_LeavesNoTensor()
    {
        using var generator = Drawn(Options, WeightInitOptions.Default);
        var before = Tensors.Living();
        WeightInit.Draw(generator, new() { Kind = WeightInitKind.Orthogonal }, seed: 1);
        Assert.InRange(Tensors.Living(), 0, before);
    }

    /// <summary>The trainer initializes both networks as its options specify, each with its own seed.</summary>
    [Fact]
    public void Trainer_Options_AreObeyedByBothNetworks()
    {
        using var trainer = new Pix2PixTrainer(
            Options, new() { Filters = 8 }, new() { WeightInit = new() { Kind = WeightInitKind.Orthogonal, Gain = 0.1 } });
        Assert.All(Weights(trainer.Generator).Concat(Weights(trainer.Discriminator)), p => AssertOrthogonal(p.Weight, gain: 0.1));
    }

    private static IEnumerable<(string Name, Tensor Weight)> Weights(nn.Module network) =>
        from p in network.named_parameters()
        where p.name.EndsWith("weight") && !p.name.EndsWith("norm.weight")
        select (p.name, (Tensor)p.parameter);

    private static float[] All(WeightInitKind kind, int seed)
    {
        using var scope = NewDisposeScope();
        using var generator = Drawn(new() { Width = 32, Height = 32, Filters = 2 }, new() { Kind = kind }, seed);
        return [.. generator.parameters().SelectMany(Tensors.Floats)];
    }

    private static Generator Drawn(GeneratorOptions options, WeightInitOptions init, int seed = 1)
    {
        var generator = Generator.Create(options, TensorFactory.Cpu);
        WeightInit.Draw(generator, init, seed);
        return generator;
    }

    /// <summary>Bounds of five standard deviations of the mean and of the standard deviation of n draws.</summary>
    private static void AssertNormal(IEnumerable<double> draws, double deviation, double mean = 0)
    {
        double[] values = [.. draws];
        var actualMean = values.Average();
        var actualDeviation = Math.Sqrt(values.Average(v => (v - actualMean) * (v - actualMean)));
        var bound = 5 * deviation / Math.Sqrt(values.Length);
        Assert.InRange(actualMean, mean - bound, mean + bound);
        Assert.InRange(actualDeviation, deviation - bound, deviation + bound);
    }

    private static void AssertOrthogonal(Tensor weight, double gain)
    {
        using var scope = NewDisposeScope();
        using var noGradient = no_grad();
        var matrix = weight.detach().to(ScalarType.Float64).flatten(1);
        var (rows, columns) = (matrix.shape[0], matrix.shape[1]);
        var product = rows <= columns ? matrix.mm(matrix.t()) : matrix.t().mm(matrix);
        var identity = eye(Math.Min(rows, columns), dtype: ScalarType.Float64);
        Assert.InRange((product / (gain * gain) - identity).abs().max().item<double>(), 0, 1e-5);
    }
}

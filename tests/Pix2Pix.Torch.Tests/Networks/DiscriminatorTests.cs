using Pix2Pix.Torch.Networks;
using static TorchSharp.torch;

namespace Pix2Pix.Torch.Tests.Networks;

[Collection(TorchCollection.Name)]
public class DiscriminatorTests
{
    private static readonly DiscriminatorOptions Small = new() { Filters = 2 };

    [Theory]
    [InlineData(32, 32, 2, 2)]
    [InlineData(64, 64, 6, 6)]
    [InlineData(256, 256, 30, 30)]
    [InlineData(96, 64, 10, 6)]
    public void Apply_AnySize_GivesALogitPerPatch(int width, int height, int columns, int rows)
    {
        using var scope = NewDisposeScope();
        using var discriminator = Drawn(Small, inputChannels: 2, imageChannels: 3);
        var output = Discriminate(discriminator, Tensors.Random(1, 2, 2, height, width), Tensors.Random(2, 2, 3, height, width));
        Assert.Equal([2, 1, rows, columns], Assert.Single(output.Logits).shape);
    }

    /// <summary>
    /// The gradient of one logit reaches a patch of pixels. Normalization is off, because it would spread the gradient. The fourth logit of
    /// each axis, with index 3, begins at pixel 1.
    /// </summary>
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    public void Apply_OneLogit_SeesItsPatch(int layers)
    {
        using var scope = NewDisposeScope();
        var options = Small with { Layers = layers, Norm = NormKind.None };
        var side = options.PatchSize + 8;
        using var discriminator = Drawn(options);
        var image = Tensors.Random(1, 1, 3, side, side).requires_grad_();

        Discriminate(discriminator, zeros(1, 3, side, side), image).Logits.Single()[0, 0, 3, 3].backward();

        var seen = image.grad!.abs().sum([0, 1]);
        Assert.Equal(options.PatchSize, Tensors.Floats(seen.sum(dim: 0)).Count(v => v != 0));
        Assert.Equal(options.PatchSize, Tensors.Floats(seen.sum(dim: 1)).Count(v => v != 0));
    }

    [Theory]
    [InlineData(0, "2x40x56 4x40x56 1x40x56")]
    [InlineData(1, "2x20x28 4x19x27 1x18x26")]
    [InlineData(2, "2x20x28 4x10x14 8x9x13 1x8x12")]
    [InlineData(3, "2x20x28 4x10x14 8x5x7 16x4x6 1x3x5")]
    public void Apply_AnyLayers_GivesTheActivationsOfEach(int layers, string maps)
    {
        using var scope = NewDisposeScope();
        using var discriminator = Drawn(Small with { Layers = layers });
        var output = Discriminate(discriminator, Tensors.Random(1, 1, 3, 40, 56), Tensors.Random(2, 1, 3, 40, 56));
        Assert.Equal(maps, Shapes(Assert.Single(output.Scales)));
    }

    /// <summary>From the fifth layer on, the number of filters stays at eight times the first.</summary>
    [Fact]
    public void Apply_FiveLayers_IsNoWiderThanEightTimesTheFirst()
    {
        using var scope = NewDisposeScope();
        using var discriminator = Drawn(Small with { Layers = 5 });
        var output = Discriminate(discriminator, Tensors.Random(1, 1, 3, 96, 96), Tensors.Random(2, 1, 3, 96, 96));
        Assert.Equal("2x48x48 4x24x24 8x12x12 16x6x6 16x3x3 16x2x2 1x1x1", Shapes(output.Scales[0]));
    }

    /// <summary>LeakyReLU with a slope of 0.2 divides negative activations by five. Logits are not activated.</summary>
    [Fact]
    public void Apply_FeatureMaps_AreActivatedAndLogitsAreNot()
    {
        using var scope = NewDisposeScope();
        using var discriminator = Drawn(new() { Filters = 32, Norm = NormKind.Instance, Layers = 1 }, gain: 0.5);
        var maps = Discriminate(discriminator, Tensors.Random(1, 1, 3, 64, 64), Tensors.Random(2, 1, 3, 64, 64)).Scales[0];

        // Before its activation, the normalized feature map has a mean of 0 and a standard deviation of 1.
        Assert.InRange(Tensors.Doubles(maps[1]).Min(), -1.2, -0.2);
        Assert.InRange(Tensors.Doubles(maps[1]).Max(), 2, 8);
        var logits = Tensors.Doubles(maps[2]);
        Assert.InRange(logits.Min(), -2 * logits.Max(), -0.5 * logits.Max());
    }

    [Fact]
    public void Apply_SeveralScales_SeesEachAtHalfTheSize()
    {
        using var scope = NewDisposeScope();
        using var discriminator = Drawn(Small with { Layers = 1, Scales = 3 });
        var output = Discriminate(discriminator, Tensors.Random(1, 2, 3, 36, 28), Tensors.Random(2, 2, 3, 36, 28));
        Assert.Equal(
            ["2x18x14 4x17x13 1x16x12", "2x9x7 4x8x6 1x7x5", "2x4x3 4x3x2 1x2x1"],
            output.Scales.Select(Shapes));
        Assert.Equal(["2x1x16x12", "2x1x7x5", "2x1x2x1"], output.Logits.Select(l => string.Join('x', l.shape)));
    }

    /// <summary>The output of the second scale depends only on its own parameters and on the mean of the pixels.</summary>
    [Fact]
    public void Apply_SecondScaleOfAConstant_ReportsWhatTheFirstWouldSay()
    {
        using var scope = NewDisposeScope();
        using var noGradient = no_grad();
        using var discriminator = Drawn(Small with { Layers = 0, Scales = 2, Norm = NormKind.None });
        var parameters = discriminator.named_parameters().ToDictionary(p => p.name, p => p.parameter);
        foreach (var (name, parameter) in parameters.Where(p => p.Key.StartsWith("scale2_")))
            parameter.copy_(parameters[name["scale2_".Length..]]);

        var output = Discriminate(discriminator, full([1, 3, 8, 12], 0.5f), full([1, 3, 8, 12], -0.25f));

        var logits = output.Logits.Select(Tensors.Doubles).ToArray();
        Assert.Equal((96, 24), (logits[0].Length, logits[1].Length));
        Assert.All(logits[1], l => Assert.Equal(logits[0][0], l, 1e-7));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Apply_AnotherInput_MattersWhereItIsConditional(bool conditional)
    {
        using var scope = NewDisposeScope();
        using var discriminator = Drawn(Small with { Conditional = conditional });
        var image = Tensors.Random(1, 1, 3, 32, 32);
        double[] Logits(int seed) => Tensors.Doubles(Discriminate(discriminator, Tensors.Random(seed, 1, 3, 32, 32), image).Logits.Single());
        Assert.Equal(conditional, !Logits(seed: 2).SequenceEqual(Logits(seed: 3)));
    }

    [Theory]
    [InlineData(NormKind.Batch, 3, 1, "layer1.weight layer1.bias layer2.weight layer2.norm.weight layer2.norm.bias layer3.weight "
        + "layer3.norm.weight layer3.norm.bias layer4.weight layer4.norm.weight layer4.norm.bias layer5.weight layer5.bias")]
    [InlineData(NormKind.Instance, 3, 1, "layer1.weight layer1.bias layer2.weight layer2.bias layer3.weight layer3.bias "
        + "layer4.weight layer4.bias layer5.weight layer5.bias")]
    [InlineData(NormKind.Batch, 0, 1, "layer1.weight layer1.bias layer2.weight layer2.norm.weight layer2.norm.bias "
        + "layer3.weight layer3.bias")]
    [InlineData(NormKind.None, 0, 2, "layer1.weight layer1.bias layer2.weight layer2.bias layer3.weight layer3.bias "
        + "scale2_layer1.weight scale2_layer1.bias scale2_layer2.weight scale2_layer2.bias scale2_layer3.weight scale2_layer3.bias")]
    public void Parameters_AnyNorm_NormalizeTheInnerLayers(NormKind norm, int layers, int scales, string names)
    {
        using var discriminator = Drawn(Small with { Norm = norm, Layers = layers, Scales = scales });
        Assert.Equal(names, string.Join(' ', discriminator.named_parameters().Select(p => p.name)));
    }

    private static DiscriminatorOutput Discriminate(Discriminator discriminator, Tensor input, Tensor image)
        => discriminator.Apply(new TrainingOps(dropoutSeed: 1), input, image);

    private static string Shapes(Tensor[] maps) => string.Join(' ', maps.Select(m => string.Join('x', m.shape[1..])));

    private static Discriminator Drawn(DiscriminatorOptions options, int inputChannels = 3, int imageChannels = 3, double gain = 0.02)
    {
        var discriminator = new Discriminator(options, inputChannels, imageChannels, TensorFactory.Cpu);
        WeightInit.Draw(discriminator, new() { Gain = gain }, seed: 1);
        return discriminator;
    }
}

using Pix2Pix.Torch.Networks;
using static TorchSharp.torch;

namespace Pix2Pix.Torch.Tests.Networks;

[Collection(TorchCollection.Name)]
public class PatchDiscriminatorTests
{
    [Theory]
    [InlineData(32, 32, 2, 2)]
    [InlineData(64, 64, 6, 6)]
    [InlineData(256, 256, 30, 30)]
    [InlineData(96, 64, 10, 6)]
    public void Apply_AnySize_GivesALogitPerPatch(int width, int height, int columns, int rows)
    {
        using var scope = NewDisposeScope();
        using var discriminator = Drawn(new() { Filters = 2 }, channels: 5);
        var logits = discriminator.Apply(
            new TrainingOps(dropoutSeed: 1), Tensors.Random(1, 2, 2, height, width), Tensors.Random(2, 2, 3, height, width));
        Assert.Equal([2, 1, rows, columns], logits.shape);
    }

    /// <summary>The gradient of one logit reaches 70x70 pixels. Without normalization, which would spread it everywhere.</summary>
    [Fact]
    public void Apply_OneLogit_Sees70Pixels()
    {
        using var scope = NewDisposeScope();
        using var discriminator = Drawn(new() { Filters = 2, Norm = NormKind.None }, channels: 6);
        var image = Tensors.Random(1, 1, 3, 128, 128).requires_grad_();

        var logits = discriminator.Apply(new TrainingOps(dropoutSeed: 1), zeros(1, 3, 128, 128), image);
        logits[0, 0, 7, 7].backward();

        var seen = image.grad!.abs().sum([0, 1]);
        Assert.Equal(70, Tensors.Floats(seen.sum(dim: 0)).Count(v => v != 0));
        Assert.Equal(70, Tensors.Floats(seen.sum(dim: 1)).Count(v => v != 0));
    }

    [Theory]
    [InlineData(NormKind.Batch, "layer1.weight layer1.bias layer2.weight layer2.norm.weight layer2.norm.bias layer3.weight "
        + "layer3.norm.weight layer3.norm.bias layer4.weight layer4.norm.weight layer4.norm.bias layer5.weight layer5.bias")]
    [InlineData(NormKind.Instance, "layer1.weight layer1.bias layer2.weight layer2.bias layer3.weight layer3.bias "
        + "layer4.weight layer4.bias layer5.weight layer5.bias")]
    public void Parameters_AnyNorm_NormalizeTheInnerLayers(NormKind norm, string names)
    {
        using var discriminator = Drawn(new() { Filters = 2, Norm = norm }, channels: 6);
        Assert.Equal(names, string.Join(' ', discriminator.named_parameters().Select(p => p.name)));
    }

    private static PatchDiscriminator Drawn(DiscriminatorOptions options, int channels)
    {
        var discriminator = new PatchDiscriminator(options, channels, Placement.Cpu);
        WeightInit.Normal(discriminator, seed: 1);
        return discriminator;
    }
}

using Pix2Pix.Torch.Losses;
using static TorchSharp.torch;

namespace Pix2Pix.Torch.Tests.Losses;

[Collection(TorchCollection.Name)]
public class DifferentiableAugmentationTests
{
    private const DiscriminatorAugmentation All
        = DiscriminatorAugmentation.Color | DiscriminatorAugmentation.Translation | DiscriminatorAugmentation.Cutout;

    [Fact]
    public void Apply_None_GivesTheTensorsThemselves()
    {
        using var scope = NewDisposeScope();
        var (input, image) = (Tensors.Random(1, 2, 3, 8, 8), Tensors.Random(2, 2, 3, 8, 8));
        Assert.Equal((input, image), new DifferentiableAugmentation(DiscriminatorAugmentation.None).Apply(input, image, seed: 1));
    }

    [Theory]
    [InlineData(DiscriminatorAugmentation.Translation)]
    [InlineData(DiscriminatorAugmentation.Cutout)]
    [InlineData(DiscriminatorAugmentation.Translation | DiscriminatorAugmentation.Cutout)]
    public void Apply_ShiftAndSquare_AreTheSameForInputAndImage(DiscriminatorAugmentation kinds)
    {
        using var scope = NewDisposeScope();
        var image = Tensors.Random(1, 4, 2, 16, 24);
        var (input, changed) = new DifferentiableAugmentation(kinds).Apply(image, image, seed: 1);
        Assert.Equal(Tensors.Floats(input), Tensors.Floats(changed));
        Assert.NotEqual(Tensors.Floats(image), Tensors.Floats(changed));
    }

    [Fact]
    public void Apply_Color_LeavesTheInputUnchanged()
    {
        using var scope = NewDisposeScope();
        var image = Tensors.Random(1, 2, 3, 8, 8);
        var (input, changed) = new DifferentiableAugmentation(DiscriminatorAugmentation.Color).Apply(image, image, seed: 1);
        Assert.Same(image, input);
        Assert.NotEqual(Tensors.Floats(image), Tensors.Floats(changed));
    }

    [Fact]
    public void Apply_Seeds_DrawTheSameOrAnother()
    {
        using var scope = NewDisposeScope();
        var (input, image) = (Tensors.Random(1, 2, 1, 16, 16), Tensors.Random(2, 2, 4, 16, 16));
        float[] Changed(int seed)
        {
            var (i, x) = new DifferentiableAugmentation(All).Apply(input, image, seed);
            return [.. Tensors.Floats(i), .. Tensors.Floats(x)];
        }

        Assert.Equal(Changed(1), Changed(1));
        Assert.NotEqual(Changed(1), Changed(2));
    }

    [Fact]
    public void Apply_All_PassesGradientsAndKeepsShapes()
    {
        using var scope = NewDisposeScope();
        var image = Tensors.Random(2, 2, 4, 16, 24).requires_grad_();
        var (input, changed) = new DifferentiableAugmentation(All).Apply(Tensors.Random(1, 2, 1, 16, 24), image, seed: 1);
        changed.square().sum().backward();
        Assert.Equal([2, 1, 16, 24], input.shape);
        Assert.Equal(image.shape, changed.shape);
        Assert.Contains(Tensors.Floats(image.grad!), g => g != 0);
    }
}

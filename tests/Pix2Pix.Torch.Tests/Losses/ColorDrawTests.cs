using Pix2Pix.Torch.Losses;
using static TorchSharp.torch;

namespace Pix2Pix.Torch.Tests.Losses;

[Collection(TorchCollection.Name)]
public class ColorDrawTests
{
    [Fact]
    public void Draw_ManyImages_StaysInThePapersRanges()
    {
        var draw = ColorDraw.Draw(new Random(1), 1000);
        AssertSpread(draw.Brightness, -0.5, 0.5);
        AssertSpread(draw.Saturation, 0, 2);
        AssertSpread(draw.Contrast, 0.5, 1.5);
    }

    [Fact]
    public void Apply_Brightness_ShiftsEachImageByAConstant()
    {
        using var scope = NewDisposeScope();
        var image = Tensors.Random(1, 2, 3, 4, 5);
        var changed = new ColorDraw([0.25, -0.5], [1, 1], [1, 1]).Apply(image);
        Assert.All(Tensors.Floats((changed - image)[0]), d => Assert.Equal(0.25, d, 1e-6));
        Assert.All(Tensors.Floats((changed - image)[1]), d => Assert.Equal(-0.5, d, 1e-6));
    }

    [Fact]
    public void Apply_SaturationZero_MakesEachPixelGray()
    {
        using var scope = NewDisposeScope();
        var image = Tensors.Random(1, 1, 3, 4, 5);
        var changed = new ColorDraw([0], [0], [1]).Apply(image);
        for (var channel = 0; channel < 3; channel++)
            Tensors.AssertClose(Tensors.Doubles(image.mean([1])), Tensors.Doubles(changed[.., channel]), 1e-6, "gray");
    }

    [Fact]
    public void Apply_Contrast_SpreadsAroundTheMean()
    {
        using var scope = NewDisposeScope();
        var image = tensor([0f, 0.5f, -0.5f, 1f], [1, 1, 2, 2]); // mean 0.25
        var changed = new ColorDraw([0], [1], [1.5]).Apply(image);
        Assert.Equal([-0.125f, 0.625f, -0.875f, 1.375f], Tensors.Floats(changed));
    }

    /// <summary>The composition is linear: the mean gradient of a sum is 1 for any draw.</summary>
    [Fact]
    public void Apply_AnyDraw_PassesGradients()
    {
        using var scope = NewDisposeScope();
        var image = Tensors.Random(1, 2, 3, 4, 5).requires_grad_();
        ColorDraw.Draw(new Random(3), 2).Apply(image).sum().backward();
        Assert.All(Tensors.Floats(image.grad!), g => Assert.Equal(1, g, 1e-5));
    }

    private static void AssertSpread(double[] values, double min, double max)
    {
        Assert.All(values, v => Assert.InRange(v, min, max));
        Assert.InRange(values.Min(), min, min + ((max - min) / 20));
        Assert.InRange(values.Max(), max - ((max - min) / 20), max);
    }
}

using Pix2Pix.Torch.Losses;
using static TorchSharp.torch;

namespace Pix2Pix.Torch.Tests.Losses;

[Collection(TorchCollection.Name)]
public class CutoutDrawTests
{
    /// <summary>In the middle, the rectangle is half as high and wide as the image; at the border, at least a quarter.</summary>
    [Theory]
    [InlineData(8, 12)]
    [InlineData(10, 6)] // half of each side is odd
    public void Apply_ManyDraws_HidesARectangleInAllChannels(int height, int width)
    {
        using var scope = NewDisposeScope();
        const int count = 500;
        var image = ones(count, 2, height, width);

        var hidden = CutoutDraw.Draw(new Random(1), count, height, width).Apply(image).neg().add(1);

        var (rows, columns) = (hidden.amax([1, 3]), hidden.amax([1, 2])); // (N, H) and (N, W)
        Assert.Equal(Tensors.Floats(rows.view(count, 1, height, 1) * columns.view(count, 1, 1, width).expand(count, 2, 1, width)), Tensors.Floats(hidden));
        AssertSides(Tensors.Floats(rows.sum(1)), height);
        AssertSides(Tensors.Floats(columns.sum(1)), width);
    }

    [Fact]
    public void Apply_Marked_ZeroesThatRectangleAndItsGradients()
    {
        using var scope = NewDisposeScope();
        var image = ones(1, 1, 3, 4).requires_grad_();
        float[] expected = [1, 1, 1, 1, 0, 0, 1, 1, 0, 0, 1, 1];

        var cut = new CutoutDraw([0, 1, 1], [1, 1, 0, 0]).Apply(image);
        cut.sum().backward();

        Assert.Equal(expected, Tensors.Floats(cut));
        Assert.Equal(expected, Tensors.Floats(image.grad!));
    }

    private static void AssertSides(float[] lengths, int side)
    {
        Assert.Equal(side / 2, lengths.Max());
        Assert.Equal(side / 4, lengths.Min() - (side / 2 % 2), 1.0);
        Assert.All(lengths, l => Assert.Equal(Math.Round(l), l));
    }
}

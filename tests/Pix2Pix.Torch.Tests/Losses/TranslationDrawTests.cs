using Pix2Pix.Torch.Losses;
using static TorchSharp.torch;

namespace Pix2Pix.Torch.Tests.Losses;

[Collection(TorchCollection.Name)]
public class TranslationDrawTests
{
    [Theory]
    [InlineData(32, 64, 4, 8)]
    [InlineData(20, 36, 3, 5)] // 2.5 and 4.5, rounded
    public void Draw_ManyImages_MovesByUpToAnEighth(int height, int width, int down, int right)
    {
        var draw = TranslationDraw.Draw(new Random(1), 2000, height, width);
        Assert.Equal(Enumerable.Range(-down, (2 * down) + 1), draw.Shifts.Select(s => s.Down).Distinct().Order());
        Assert.Equal(Enumerable.Range(-right, (2 * right) + 1), draw.Shifts.Select(s => s.Right).Distinct().Order());
    }

    [Fact]
    public void Apply_TwoImages_MovesEachByItsShiftAndFillsWithZeros()
    {
        using var scope = NewDisposeScope();
        var image = arange(1, 13, ScalarType.Float32).reshape(1, 1, 3, 4).expand(2, 1, 3, 4);

        var moved = new TranslationDraw(1, 2, [(1, -2), (-1, 0)]).Apply(image);

        Assert.Equal([2, 1, 3, 4], moved.shape);
        Assert.Equal([0, 0, 0, 0, 3, 4, 0, 0, 7, 8, 0, 0], Tensors.Floats(moved[0]));
        Assert.Equal([5, 6, 7, 8, 9, 10, 11, 12, 0, 0, 0, 0], Tensors.Floats(moved[1]));
    }

    [Fact]
    public void Apply_Gradients_ReachThePixelsThatStayInside()
    {
        using var scope = NewDisposeScope();
        var image = zeros(1, 1, 2, 3).requires_grad_();
        new TranslationDraw(1, 1, [(1, 1)]).Apply(image).sum().backward();
        Assert.Equal([1, 1, 0, 0, 0, 0], Tensors.Floats(image.grad!));
    }
}

using static TorchSharp.torch;

namespace Pix2Pix.Torch.Tests;

[Collection(TorchCollection.Name)]
public sealed class SafeScalarOpsTests
{
    [Fact]
    public void Operations_OnSmallNumbers_GiveWhatTheirNamesSay()
    {
        using var scope = NewDisposeScope();

        Assert.Equal(5.5, Of(3).Plus(2.5).Value());
        Assert.Equal(7, Of(3).Plus(Of(4)).Value());
        Assert.Equal(9, Of(-3).Squared().Value());
        Assert.Equal(-6, Of(3).Times(-2).Value());
        Assert.Equal(-0.75, Of(-3).LeakyRelu(0.25).Value());
        Assert.Equal(3, Of(3).LeakyRelu(0.25).Value());
        Assert.Equal(5.5, Of(3).PlusInPlace(2.5).Value());
        Assert.Equal(-6, Of(3).TimesInPlace(-2).Value());
        Assert.Equal(1.5, Of(3).DividedInPlace(2).Value());
        Assert.Equal(11, Of(3).PlusInPlace(2, Of(4)).Value());
        Assert.Equal(3.25, Of(3).LerpInPlace(Of(4), 0.25).Value());
        Assert.Equal(43, Of(3).PlusProductInPlace(2, Of(4), Of(5)).Value());
        Assert.Equal(7, Of(3).PlusQuotientInPlace(2, Of(4), Of(2)).Value());
    }

    [Fact]
    public void InPlace_Always_ReturnsTheTensorItself()
    {
        using var x = Of(1);

        Assert.Same(x, x.PlusInPlace(1).TimesInPlace(3).DividedInPlace(2));
        Assert.Equal(3, x.Value());
    }

    private static Tensor Of(double value) => tensor(value);
}

using Pix2Pix.Torch.Losses;
using static TorchSharp.torch;

namespace Pix2Pix.Torch.Tests.Losses;

[Collection(TorchCollection.Name)]
public class LossPartTests
{
    [Fact]
    public void Of_WeightZero_ComputesNothingAndHasNoValue()
        => Assert.Null(LossPart.Of(LossTerm.L1, 0, () => throw new InvalidOperationException("computed")).Value);

    [Fact]
    public void Sum_SomeOff_WeighsTheOthers()
    {
        using var scope = NewDisposeScope();
        var (a, b) = (LossPart.Of(LossTerm.L1, 4, () => tensor(0.5)), LossPart.Of(LossTerm.L1, 3, () => tensor(-0.25)));
        Assert.Equal(1.25, LossPart.Sum(default, a, LossPart.Of(LossTerm.L1, 0, () => tensor(9.0)), b).item<double>());
        Assert.Equal((0.5, -0.25), (a.Value!.item<double>(), b.Value!.item<double>()));
    }

    [Fact]
    public void Sum_AllOff_Throws()
        => Assert.Equal("All loss terms have a weight of 0.", Assert.Throws<InvalidOperationException>(() => LossPart.Sum(default)).Message);
}

using Pix2Pix.Torch.Losses;
using static TorchSharp.torch;

namespace Pix2Pix.Torch.Tests;

[Collection(TorchCollection.Name)]
public class PendingLossesTests
{
    [Fact]
    public void Read_AllParts_GivesEachItsOwn()
    {
        using var losses = Losses(1, 2, 3, 4, 5, 6);

        Assert.False(losses.AreRead);
        var read = losses.Read();

        Assert.True(losses.AreRead);
        Assert.Equal(
            new StepLosses { Discriminator = 1, GradientPenalty = 2, Adversarial = 3, FeatureMatching = 4, L1 = 5, L2 = 6 }, read);
        Assert.Equal(read, losses.Read());
    }

    [Fact]
    public void Read_PartsOff_AreZero()
    {
        using var losses = Losses(null, null, null, null, 5, null);
        Assert.Equal(new StepLosses { L1 = 5 }, losses.Read());
    }

    [Fact]
    public void Read_ScopeOfTheStepClosed_GivesThem()
    {
        PendingLosses losses;
        using (NewDisposeScope())
            losses = Losses(1, null, 3, null, null, 6);
        Assert.Equal(new StepLosses { Discriminator = 1, Adversarial = 3, L2 = 6 }, losses.Read());
    }

    [Fact]
    public void Read_Done_FreesTheTensor()
    {
        Free(losses => losses.Read());
        Free(losses => losses.Dispose());

        static void Free(Action<PendingLosses> end)
        {
            using var scope = NewDisposeScope();
            var before = Tensor.TotalCount;
            PendingLosses losses;
            using (NewDisposeScope())
                losses = Losses(1, null, 3, null, null, 6);
            Assert.Equal(before + 1, Tensor.TotalCount);
            end(losses);
            Assert.Equal(before, Tensor.TotalCount);
        }
    }

    private static PendingLosses Losses(params float?[] values)
    {
        return new PendingLosses(values.Select(
            (value, term) => LossPart.Of(LossTerm.All[term], value is null ? 0 : 1, () => tensor(value!.Value))));
    }
}

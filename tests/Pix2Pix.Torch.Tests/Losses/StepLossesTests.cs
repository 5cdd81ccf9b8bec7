namespace Pix2Pix.Torch.Tests.Losses;

public class StepLossesTests
{
    public static TheoryData<StepLosses> Infinite => new(
        new StepLosses { Discriminator = double.NaN },
        new StepLosses { GradientPenalty = double.PositiveInfinity },
        new StepLosses { Adversarial = double.NegativeInfinity },
        new StepLosses { FeatureMatching = double.NaN },
        new StepLosses { L1 = double.NaN },
        new StepLosses { L2 = double.PositiveInfinity });

    [Theory]
    [MemberData(nameof(Infinite))]
    public void AreFinite_OneIsNot_IsFalse(StepLosses losses) => Assert.False(losses.AreFinite);

    [Fact]
    public void AreFinite_AllFinite_IsTrue()
    {
        Assert.True(default(StepLosses).AreFinite);
        Assert.True(new StepLosses { Discriminator = double.MaxValue, Adversarial = double.MaxValue }.AreFinite);
    }

    [Fact]
    public void Described_SomeOff_NamesTheOthers()
    {
        Assert.Equal(
            "discriminator -1.5, gradient penalty 1, adversarial 2, feature matching NaN, L1 0.25, L2 0.125",
            new StepLosses { Discriminator = -1.5, GradientPenalty = 1, Adversarial = 2, FeatureMatching = double.NaN, L1 = 0.25, L2 = 0.125 }.Described);
        Assert.Equal("L1 0.25", new StepLosses { L1 = 0.25 }.Described);
    }
}

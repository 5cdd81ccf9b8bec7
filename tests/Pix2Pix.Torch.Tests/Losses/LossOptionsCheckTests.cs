namespace Pix2Pix.Torch.Tests.Losses;

/// <summary>Options that contradict each other, before anything is built.</summary>
public class LossOptionsCheckTests
{
    private static readonly TrainingOptions NoGame = new() { Losses = new() { AdversarialWeight = 0 } };

    [Fact]
    public void Check_Defaults_Pass() => Check(TrainingOptions.Default);

    [Fact]
    public void Check_SeveralContradictions_NamesAllAtOnce()
        => AssertProblems(
            NoGame with
            {
                Losses = NoGame.Losses with { L1Weight = 0, FeatureMatchingWeight = 10 },
                Augmentation = new() { RightAngles = true },
                DiscriminatorAugmentation = DiscriminatorAugmentation.Color | DiscriminatorAugmentation.Cutout,
                ImagePool = 50,
            },
            "Losses.FeatureMatchingWeight is 10, but AdversarialWeight is 0, so there is no discriminator whose features could be "
                + "matched; set FeatureMatchingWeight to 0, or AdversarialWeight above 0.",
            "Augmentation.RightAngles rotates images by 90 degrees, but the images are 64x32; turn it off, or use square images.",
            "DiscriminatorAugmentation is Color, Cutout, but Losses.AdversarialWeight is 0, so no discriminator is trained; set "
                + "DiscriminatorAugmentation to None, or AdversarialWeight above 0.",
            "ImagePool is 50, but Losses.AdversarialWeight is 0, so no discriminator is trained; set ImagePool to 0, or AdversarialWeight "
                + "above 0.");

    [Fact]
    public void Check_AllWeightsZero_ReportsIt()
        => AssertProblems(
            NoGame with { Losses = NoGame.Losses with { L1Weight = 0 } },
            "All generator loss weights in Losses are 0; expected at least one above 0, such as L1Weight.");

    [Fact]
    public void Check_WassersteinWithoutPenaltyAndWithBatchNorm_NamesBoth()
        => AssertProblems(
            new() { Losses = new() { Adversarial = AdversarialKind.WassersteinGradientPenalty, GradientPenaltyWeight = 0 } },
            "Losses.GradientPenaltyWeight is 0, but Losses.Adversarial is WassersteinGradientPenalty, whose logits are unbounded without "
                + "the penalty; set it above 0 (the paper uses 10).",
            "Losses.Adversarial is WassersteinGradientPenalty, whose gradient penalty is computed per image, but Discriminator.Norm is "
                + "Batch, which mixes the images of a batch; set it to Instance or None.");

    [Theory]
    [InlineData(NormKind.Instance)]
    [InlineData(NormKind.None)]
    public void Check_WassersteinWithNormOfEachImage_Passes(NormKind norm)
        => Check(new() { Losses = new() { Adversarial = AdversarialKind.WassersteinGradientPenalty } }, new() { Norm = norm });

    /// <summary>The options of an adversarial loss are ignored if its weight is 0.</summary>
    [Fact]
    public void Check_NoAdversarialLoss_IgnoresItsKind()
        => Check(NoGame with
        {
            Losses = NoGame.Losses with { Adversarial = AdversarialKind.WassersteinGradientPenalty, GradientPenaltyWeight = 0 },
        });

    private static void AssertProblems(TrainingOptions training, params string[] problems)
        => Assert.Equal(
            $"The options contradict each other:\n  {string.Join("\n  ", problems)}",
            Assert.Throws<ArgumentException>(() => Check(training)).Message);

    private static void Check(TrainingOptions training, DiscriminatorOptions? discriminator = null)
        => OptionsCheck.Check(new() { Width = 64, Height = 32 }, discriminator ?? DiscriminatorOptions.Default, training);
}

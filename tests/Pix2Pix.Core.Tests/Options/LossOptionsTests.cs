namespace Pix2Pix.Core.Tests.Options;

public class LossOptionsTests
{
    [Fact]
    public void Default_Always_IsThePapersLoss()
    {
        var options = LossOptions.Default;
        Assert.Equal(new LossOptions(), options);
        Assert.Equal(AdversarialKind.Vanilla, options.Adversarial);
        Assert.Equal((1, 100, 0, 0), (options.AdversarialWeight, options.L1Weight, options.L2Weight, options.FeatureMatchingWeight));
        Assert.Equal(10, options.GradientPenaltyWeight);
    }

    [Theory]
    [InlineData(-0.1)]
    [InlineData(1e7)]
    [InlineData(double.NaN)]
    public void Weights_OutOfRange_ReportTheRange(double weight)
    {
        RangeError.Assert("AdversarialWeight", weight, "0", "1000000", () => new LossOptions { AdversarialWeight = weight });
        RangeError.Assert("L2Weight", weight, "0", "1000000", () => new LossOptions { L2Weight = weight });
        RangeError.Assert("FeatureMatchingWeight", weight, "0", "1000000", () => new LossOptions { FeatureMatchingWeight = weight });
        RangeError.Assert("GradientPenaltyWeight", weight, "0", "1000000", () => new LossOptions { GradientPenaltyWeight = weight });
    }

    [Fact]
    public void Adversarial_Undefined_NamesTheKinds()
        => RangeError.AssertEnum(
            "Adversarial", 9, "Vanilla, LeastSquares, Hinge, WassersteinGradientPenalty", () => new LossOptions { Adversarial = (AdversarialKind)9 });
}

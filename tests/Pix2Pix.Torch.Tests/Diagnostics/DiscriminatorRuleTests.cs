using Pix2Pix.Torch.Diagnostics;

namespace Pix2Pix.Torch.Tests.Diagnostics;

public class DiscriminatorRuleTests
{
    [Fact]
    public void After_LossNearItsMinimum_ReportsItWhenTheRunningMeanStaysThere()
    {
        var rule = new DiscriminatorRule(LossOptions.Default);

        var hint = rule.First(Stream(epochs: 10, stepsOfEpoch: 100, step => step <= 50 ? 0.69 : 0.01));

        // The mean falls below 0.05 after 142 more steps; then 200 steps, a fifth of 1000.
        Assert.InRange(hint!.Value.Step, 50 + 200, 50 + 200 + 200);
        Assert.StartsWith("The discriminator is too strong: its loss has stayed below 0.05 for 200 steps, now 0.01", hint.Value.Text);
    }

    [Theory]
    [InlineData(AdversarialKind.Vanilla, 0.045, 0.055)]
    [InlineData(AdversarialKind.LeastSquares, 0.018, 0.022)]
    [InlineData(AdversarialKind.Hinge, 0.14, 0.16)]
    public void After_EachAdversarialLoss_HasItsThreshold(AdversarialKind kind, double below, double above)
    {
        var losses = new LossOptions { Adversarial = kind };

        Assert.NotNull(new DiscriminatorRule(losses).First(Stream(10, 100, _ => below)));
        Assert.Null(new DiscriminatorRule(losses).First(Stream(10, 100, _ => above)));
    }

    [Fact]
    public void After_NoMinimumOrNoAdversarialLoss_ReportsNothing()
    {
        Assert.Null(new DiscriminatorRule(new() { Adversarial = AdversarialKind.WassersteinGradientPenalty }).First(Stream(10, 100, _ => -5)));
        Assert.Null(new DiscriminatorRule(new() { AdversarialWeight = 0 }).First(Stream(10, 100, _ => 0)));
    }

    [Theory]
    [InlineData(1, 90, null)] // too short
    [InlineData(1, 200, 100L)] // at least 100 steps
    [InlineData(20, 100, 400L)] // a fifth
    [InlineData(100, 100, 500L)] // at most 500 steps
    public void After_TooStrongFromTheStart_WaitsForAFifthWithinBounds(int epochs, int stepsOfEpoch, long? expected)
        => Assert.Equal(expected, new DiscriminatorRule(LossOptions.Default).First(Stream(epochs, stepsOfEpoch, _ => 0.01))?.Step);

    [Fact]
    public void After_ShortDips_ReportsNothing()
        => Assert.Null(new DiscriminatorRule(LossOptions.Default).First(Stream(20, 100, step => step % 20 == 0 ? 1.5 : 0.001)));

    private static IEnumerable<TrainingProgress> Stream(int epochs, int stepsOfEpoch, Func<long, double> discriminator)
        => ProgressStream.Of(epochs, stepsOfEpoch, (step, p) => p with { Losses = p.Losses with { Discriminator = discriminator(step) } });
}

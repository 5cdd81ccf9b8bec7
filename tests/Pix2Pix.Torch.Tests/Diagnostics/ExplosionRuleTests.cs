using Pix2Pix.Torch.Diagnostics;

namespace Pix2Pix.Torch.Tests.Diagnostics;

public class ExplosionRuleTests
{
    [Fact]
    public void After_LossOfAstronomicalSize_ReportsTheLosses()
    {
        var hint = new ExplosionRule().First(ProgressStream.Of(
            1, 100, (step, p) => p with { Losses = p.Losses with { Discriminator = step > 50 && step % 2 == 0 ? 6e17 : 0.5 } }));

        Assert.Equal(70, hint!.Value.Step); // the tenth of these
        Assert.Equal(
            "The losses are exploding: discriminator 6E+17, adversarial 0.69, L1 0.4, more than 10000 times those of the first steps. " +
            "The networks are unlikely to recover. Stop the training and restart it with a smaller learning rate.",
            hint.Value.Text);
    }

    [Theory]
    [InlineData(0.5, 9_000)] // large, but not by orders of magnitude
    [InlineData(300, 40_000)] // as a Wasserstein critic's may be
    [InlineData(-300, -40_000)]
    public void After_LossThatGrows_ReportsNothing(double start, double end) => Assert.Null(new ExplosionRule().First(
        ProgressStream.Of(1, 100, (step, p) => p with { Losses = p.Losses with { Discriminator = step > 50 ? end : start } })));

    [Fact]
    public void After_AFewSteps_ReportsNothing() => Assert.Null(new ExplosionRule().First(
        ProgressStream.Of(1, 100, (step, p) => p with { Losses = p.Losses with { Discriminator = step % 20 == 0 ? 1e9 : 0.5 } })));

    [Fact]
    public void After_BrokenFromTheStart_ReportsIt() => Assert.Equal(10, new ExplosionRule().First(
        ProgressStream.Of(1, 100, (_, p) => p with { Losses = p.Losses with { Discriminator = 1e9 } }))!.Value.Step);
}

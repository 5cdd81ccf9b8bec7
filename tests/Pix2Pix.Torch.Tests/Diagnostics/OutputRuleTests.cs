using Pix2Pix.Imaging;
using Pix2Pix.Torch.Diagnostics;

namespace Pix2Pix.Torch.Tests.Diagnostics;

public class OutputRuleTests
{
    private static readonly PixelImage[] Targets = [TestImages.Random(8, 8, 1), TestImages.Random(8, 8, 2)];

    [Fact]
    public void After_ConstantImagesTwice_ReportsTheNumbers()
    {
        var hint = FirstHint(Targets, [TestImages.Constant(8, 8, 127), TestImages.Constant(8, 8, 20, 30, 40)]);

        Assert.Equal(150, hint!.Value.Step); // steps 30, 60 and 90 are too early; 120 and 150 are two consecutive detections
        Assert.Matches("^The translations are nearly uniform: pixels vary by 0.00 of 255 levels, in targets by " +
            "[67][0-9][.] Try ", hint.Value.Text);
    }

    [Fact]
    public void After_SameImageForAll_ReportsTheNumbers()
        => Assert.Matches(
            "^All translations look alike: they differ by 0.00 of 255 levels, the targets by [34][0-9][.] Try ",
            FirstHint(Targets, [TestImages.Random(8, 8, 3), TestImages.Random(8, 8, 3)])!.Value.Text);

    [Fact]
    public void After_ImagesThatDiffer_ReportsNothing()
        => Assert.Null(FirstHint(Targets, [TestImages.Random(8, 8, 3), TestImages.Random(8, 8, 4)]));

    [Fact]
    public void After_TargetsShowNothingThemselves_ReportsNothing()
    {
        PixelImage[] blank = [TestImages.Constant(8, 8, 127), TestImages.Constant(8, 8, 127)];
        Assert.Null(FirstHint(blank, blank));
    }

    [Fact]
    public void After_OneSample_IsNotAllTheSame() => Assert.Null(FirstHint([Targets[0]], [TestImages.Random(8, 8, 3)]));

    private static (long Step, string Text)? FirstHint(PixelImage[] targets, PixelImage[] translations)
    {
        var rule = new OutputRule(targets);
        return rule.First(ProgressStream.Of(10, 30, (_, p) =>
        {
            rule.Translations = p.EndsEpoch ? translations : null;
            return p;
        }));
    }
}

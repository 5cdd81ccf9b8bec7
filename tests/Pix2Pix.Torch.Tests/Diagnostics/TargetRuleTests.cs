using Pix2Pix.Imaging;
using Pix2Pix.Torch.Data;
using Pix2Pix.Torch.Diagnostics;

namespace Pix2Pix.Torch.Tests.Diagnostics;

[Collection(TorchCollection.Name)]
public class TargetRuleTests
{
    private const string Advice = " Inspect a pair: check the target column, or the input side of side-by-side images.";

    [Fact]
    public void After_TargetsOfOneColor_ReportsItAtTheFirstStep() => Assert.Equal(
        (1, "The targets are blank: pixels vary by 0.00 of 255 levels (targets sampled: 2)." + Advice),
        First(TestImages.Constant(8, 8, 255), TestImages.Constant(8, 8, 20, 30, 40))!.Value);

    [Fact]
    public void After_TheSameTargetTwice_ReportsIt() => Assert.Equal(
        (1, "All targets look alike: they differ by 0.00 of 255 levels (targets sampled: 2)." + Advice),
        First(TestImages.Random(8, 8, 1), TestImages.Random(8, 8, 1))!.Value);

    [Fact]
    public void After_TargetsThatDiffer_OneOrNone_ReportsNothing()
    {
        Assert.Null(First(TestImages.Random(8, 8, 1), TestImages.Random(8, 8, 2)));
        Assert.Null(First(TestImages.Random(8, 8, 1)));
        Assert.Null(First());
    }

    [Fact]
    public void Train_TargetsOfOneColor_GivesTheHint()
    {
        using var trainer = TinyTraining.Trainer(TinyTraining.Options with { Epochs = 1 });
        var pairs = new ImagePairs(TinyTraining.Generator, TinyTraining.Options);
        for (var i = 0; i < 4; i++)
            pairs.Add(TestImages.Random(40, 40, i), TestImages.Constant(40, 40, 255));
        var progress = new ProgressList();

        trainer.Train(pairs, new() { Progress = progress });

        Assert.Equal((TrainingHintKind.ConstantTargets, 1L), progress.Reports.SelectMany(p => p.Hints).Select(hint => (hint.Kind, hint.Step)).Single());
    }

    private static (long Step, string Text)? First(params PixelImage[] targets)
        => new TargetRule(targets).First(ProgressStream.Of(2, 10, (_, p) => p));
}

using Microsoft.ML;
using OptionScores;

namespace Pix2Pix.ML.Tests;

/// <summary>
/// Every variant of networks, losses, schedules and images that the benchmark scores: its loss falls, and ONNX Runtime agrees.
/// </summary>
public sealed class VariantTests
{
    private const int Pairs = 4;

    private static readonly Pix2PixOptions Base = new()
    {
        Generator = new() { Width = 64, Height = 64, Filters = 8 },
        Discriminator = new() { Filters = 8 },
        Training = new()
        {
            Epochs = 8,
            BatchSize = 2,
            LearningRate = 0.002,
            Augmentation = AugmentationOptions.None,
            Seed = 3,
        },
    };

    public static TheoryData<string> Names => [.. Variants.All.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void Fit_AnyVariant_LowersItsLossAndMatchesOnnxRuntime(string name)
    {
        var context = new MLContext(seed: 1);
        var reports = new List<TrainingProgress>();
        var options = Variants.All[name](Base) with { Progress = new Recorder(reports) };

        using var model = context.ImageTranslation.Pix2Pix("Output", "Input", "Target", options)
            .Fit(TrainedModel.TrainingRows(context, Pairs));

        Assert.InRange(model.Parity!.MaxDifferenceInLevels, 0, 1);
        Assert.All(reports, report => Assert.True(report.Losses.AreFinite));
        Assert.InRange(Distance(reports.TakeLast(Pairs)), 0, 0.85 * Distance(reports.Take(Pairs)));
    }

    // The distance between translation and target in the variant's losses; without one, the discriminator's loss.
    private static double Distance(IEnumerable<TrainingProgress> reports)
        => reports.Average(r => r.Losses.L1 + r.Losses.L2 is > 0 and var distance ? distance : r.Losses.Discriminator);

    private sealed class Recorder(List<TrainingProgress> reports) : IProgress<TrainingProgress>
    {
        public void Report(TrainingProgress value) => reports.Add(value);
    }
}

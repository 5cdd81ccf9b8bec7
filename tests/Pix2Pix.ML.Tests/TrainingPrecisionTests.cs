using Microsoft.ML;

namespace Pix2Pix.ML.Tests;

/// <summary>What a training computed with is no matter of the model that comes of it.</summary>
public sealed class TrainingPrecisionTests(TrainedModel model) : IClassFixture<TrainedModel>
{
    [Fact]
    public void Fit_InBFloat16_ExportsWhatTorchSharpGivesInFloat32()
    {
        var options = TrainedModel.Options with
        {
            Training = TrainedModel.Options.Training with { Precision = TrainingPrecision.BFloat16 },
        };
        using var narrow = model.Context.ImageTranslation
            .Pix2Pix("Output", "Input", "Target", options)
            .Fit(TrainedModel.TrainingRows(model.Context));

        Assert.InRange(narrow.Parity!.MaxDifferenceInLevels, 0, 1);
        Assert.InRange(TestModels.Onnx(narrow).Length - TestModels.Onnx(model.Transformer).Length, -1024, 1024);
        // Same seed, pairs and threads: they would be the same to the bit, had the option been lost on the way.
        Assert.NotEqual(model.Transformer.Training!.LastLosses, narrow.Training!.LastLosses);
        Assert.InRange(narrow.Training.LastLosses.L1 / model.Transformer.Training.LastLosses.L1, 0.95, 1.05);
    }
}

using Microsoft.ML;

namespace Pix2Pix.ML.Tests;

/// <summary>The precision of the training does not affect the format of the model.</summary>
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
        // Same seed, pairs and threads: the models would be bit-identical if the option had no effect.
        Assert.NotEqual(model.Transformer.Training!.LastLosses, narrow.Training!.LastLosses);
        Assert.InRange(narrow.Training.LastLosses.L1 / model.Transformer.Training.LastLosses.L1, 0.95, 1.05);
    }
}

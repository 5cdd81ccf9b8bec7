using Microsoft.ML;
using Pix2Pix;

namespace Consumer.Tests.Snippets;

/// <summary>The code of docs/training-reliability.md.</summary>
internal static class ReliabilitySnippets
{
    public static Pix2PixOptions Kept()
    {
        // <snippet>
        var options = new Pix2PixOptions { Checkpoints = new() { Folder = "checkpoints" } };
        // </snippet>
        return options;
    }

    public static Pix2PixOptions Longer(Pix2PixOptions options)
    {
        // <snippet>
        var longer = options with { Training = options.Training with { Epochs = 300 } };
        // </snippet>
        return longer;
    }

    public static void ModelOfTheNewest(MLContext mlContext, Pix2PixOptions options, IDataView rows)
    {
        // <snippet>
        using var model = mlContext.ImageTranslation
            .Pix2Pix("Output", "Input", "Target", options with { StopTraining = new(canceled: true) }).Fit(rows);
        // </snippet>
    }
}

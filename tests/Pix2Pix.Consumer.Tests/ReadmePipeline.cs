using Microsoft.ML;
using Pix2Pix;

namespace Consumer.Tests;

/// <summary>The pipeline of the README, between the marks.</summary>
internal static class ReadmePipeline
{
    public static void Run()
    {
        // <readme>
        var mlContext = new MLContext(seed: 1);
        var pairs = mlContext.ImageTranslation.LoadPairs("pairs", PairSide.Left);
        var options = new Pix2PixOptions
        {
            Generator = new() { Width = 128, Height = 128, Filters = 32 },
            Training = new() { Epochs = 20, BatchSize = 4 },
        };
        using var model = mlContext.ImageTranslation.Pix2Pix("Output", "Input", "Target", options).Fit(pairs);
        model.TranslateFile("drawing.png", "photo.png");
        model.SaveAsOnnx("generator.onnx");
        mlContext.Model.Save(model, pairs.Schema, "model.zip");
        // </readme>
    }
}

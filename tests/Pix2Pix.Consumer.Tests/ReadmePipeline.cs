using Microsoft.ML;
using Microsoft.ML.Data;
using Pix2Pix;

namespace Consumer.Tests;

/// <summary>The pipeline of the README: what stands between the marks is what stands there.</summary>
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
        var pix2pix = mlContext.ImageTranslation.Pix2Pix("Output", "Input", "Target", options);
        using var model = pix2pix.Fit(pairs);

        model.SaveAsOnnx("generator.onnx");
        mlContext.Model.Save(model, pairs.Schema, "model.zip");
        model.Translate(MLImage.CreateFromFile("drawing.png")).Save("photo.png");
        // </readme>
    }
}

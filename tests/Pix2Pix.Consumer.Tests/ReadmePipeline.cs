using Microsoft.ML;
using Microsoft.ML.Data;
using Pix2Pix.ML;
using Pix2Pix.ML.Data;

namespace Pix2Pix.Consumer.Tests;

/// <summary>The pipeline of the README: what stands between the marks is what stands there.</summary>
internal static class ReadmePipeline
{
    public static void Run()
    {
        // <readme>
        var mlContext = new MLContext(seed: 1);
        var files = mlContext.Data.LoadFromEnumerable(ImageFiles.In("pairs").Select(path => new Row { Path = path }));
        var pairs = mlContext.Transforms.LoadImages("Pair", imageFolder: null, "Path").Fit(files).Transform(files);

        var options = new Pix2PixOptions
        {
            Generator = new() { Width = 128, Height = 128, Filters = 32 },
            Training = new() { Epochs = 20, BatchSize = 4 },
        };
        var pix2pix = mlContext.Transforms.Pix2PixSideBySide("Output", "Input", "Pair", PairSide.Left, options, mlContext);
        using var model = pix2pix.Fit(pairs);

        model.SaveAsOnnx("generator.onnx");
        mlContext.Model.Save(model, files.Schema, "model.zip");
        model.Translate(MLImage.CreateFromFile("drawing.png")).Save("photo.png");
        // </readme>
    }

    private sealed class Row
    {
        public string Path { get; set; } = string.Empty;
    }
}

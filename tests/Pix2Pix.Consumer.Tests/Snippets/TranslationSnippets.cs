using Microsoft.ML;
using Microsoft.ML.Data;
using Pix2Pix;

namespace Consumer.Tests.Snippets;

/// <summary>The code of docs/translation.md.</summary>
internal static class TranslationSnippets
{
    public static void Load(MLContext mlContext)
    {
        // <snippet>
        using var model = mlContext.ImageTranslation.LoadTransformer("model.zip");
        // </snippet>
    }

    public static void OneLiners(Pix2PixTransformer model, MLImage drawing)
    {
        // <snippet>
        using var photo = model.Translate(drawing); // from MLImage to MLImage
        model.TranslateFile("drawing.jpg", "photo.png");
        var done = model.TranslateFolder("drawings", "photos");
        foreach (var skipped in done.Skipped)
            Console.WriteLine($"{skipped.File}: {skipped.Reason}");
        // </snippet>
    }

    public static void Execution(MLContext mlContext)
    {
        // <snippet>
        var options = new Pix2PixOptions { Execution = new() { BatchSize = 8, Threads = 2 } };
        using var chain = mlContext.ImageTranslation.LoadModel("model.zip", out _, options.Execution);
        // </snippet>
    }

    public static void Sizes(Pix2PixTransformer model)
    {
        // <snippet>
        using var large = model.With(new SizingOptions { Kind = ImageSizing.Tiles, TileOverlap = 0.25 });
        large.TranslateFile("map.png", "aerial.png");
        // </snippet>
    }

    public static void Formats(Pix2PixTransformer model)
    {
        // <snippet>
        model.SaveAsOnnx("generator.onnx");
        model.SaveAsOnnx("network.onnx", new OnnxFormat { Interface = OnnxInterface.Network });
        var parity = model.SaveAsOnnx("half.onnx", new OnnxFormat { Weights = WeightPrecision.Half })!;
        Console.WriteLine($"{parity.MaxDifferenceInLevels} levels at most on {parity.Images} images");
        model.SaveAsOnnx("quarter.onnx", new OnnxFormat { Weights = WeightPrecision.Int8 });
        // </snippet>
    }

    public static void Elsewhere(MLContext mlContext)
    {
        // <snippet>
        var apply = mlContext.ImageTranslation.ApplyModel(
            "Output",
            "Input",
            "candy.onnx",
            new ImageModelOptions { InputRange = ValueRange.Bytes, Width = 224, Height = 224 },
            new SizingOptions { Kind = ImageSizing.Tiles });
        using var model = apply.Open(); // or apply.Fit(rows), or in a pipeline
        model.TranslateFolder("photos", "pictures");
        // </snippet>
    }
}

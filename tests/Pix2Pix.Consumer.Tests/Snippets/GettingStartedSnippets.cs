// <snippet>
using Microsoft.ML;
using Microsoft.ML.Runtime;
using Pix2Pix;
// </snippet>

namespace Consumer.Tests.Snippets;

/// <summary>The code of docs/getting-started.md.</summary>
internal static class GettingStartedSnippets
{
    public static MLContext Context()
    {
        // <snippet>
        var mlContext = new MLContext(seed: 1);
        mlContext.Log += (_, line) =>
        {
            if (line.Source.StartsWith("Pix2Pix", StringComparison.Ordinal) && line.Kind >= ChannelMessageKind.Info)
                Console.WriteLine(line.RawMessage);
        };
        // </snippet>
        return mlContext;
    }

    public static IDataView SideBySide(MLContext mlContext)
    {
        // <snippet>
        var pairs = mlContext.ImageTranslation.LoadPairs("pairs", PairSide.Left);
        // </snippet>
        return pairs;
    }

    public static IDataView TwoFolders(MLContext mlContext)
    {
        // <snippet>
        var pairs = mlContext.ImageTranslation.LoadPairs("drawings", "photos");
        // </snippet>
        return pairs;
    }

    public static IDataView Photographs(MLContext mlContext)
    {
        // <snippet>
        var photos = mlContext.ImageTranslation.LoadImages("photos");
        var pairs = mlContext.Transforms.DrawEdges("Input", "Photo").Fit(photos).Transform(photos);
        // </snippet>
        return pairs;
    }

    public static void Train(MLContext mlContext, IDataView pairs)
    {
        // <snippet>
        mlContext.ImageTranslation.SavePreview(pairs, "pairs.png");

        var options = new Pix2PixOptions
        {
            Generator = new() { Width = 128, Height = 128, Filters = 32 },
            Training = new() { Epochs = 20, BatchSize = 4 },
            ValidationFraction = 0.1,
            Checkpoints = new() { Folder = "run/checkpoints" },
            Report = new() { Folder = "run/report" },
        };
        using var model = mlContext.ImageTranslation.Pix2Pix("Output", "Input", "Target", options).Fit(pairs);
        mlContext.Model.Save(model, pairs.Schema, "model.zip");
        model.SaveAsOnnx("generator.onnx");
        // </snippet>
    }

    public static void Translate(MLContext mlContext)
    {
        // <snippet>
        using var translator = mlContext.ImageTranslation.LoadTransformer("model.zip");
        translator.TranslateFile("drawing.png", "photo.png");
        // </snippet>
    }
}

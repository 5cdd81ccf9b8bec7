using Microsoft.ML;
using Pix2Pix;
using Pix2Pix.ML.Data;

namespace Consumer.Tests.Snippets;

/// <summary>The code of docs/data.md.</summary>
internal static class DataSnippets
{
    public static void Pairs(MLContext mlContext)
    {
        // <snippet>
        var facades = mlContext.ImageTranslation.LoadPairSplits("facades", PairSide.Right); // the input is the right half: labels
        var drawings = mlContext.ImageTranslation.LoadPairs("drawings", "photos");
        var listed = mlContext.ImageTranslation.LoadPairs("pairs.csv", new TextPairOptions { InputColumn = 0, TargetColumn = 2 });
        mlContext.ImageTranslation.SavePreview(facades.Train, "pairs.png", rows: 8);
        using var model = mlContext.ImageTranslation.Pix2Pix("Output", "Input", "Target").Fit(facades.Train);
        // </snippet>
        _ = (drawings, listed);
    }

    public static void Skipping(MLContext mlContext)
    {
        // <snippet>
        var photos = mlContext.ImageTranslation.LoadImages("photos", new ImageLoadOptions { SkipFaulty = true, Refuse16Bit = true });
        foreach (var skipped in photos.Skipped)
            Console.WriteLine($"{skipped.File} {skipped.Reason}");
        // </snippet>
    }

    public static void Edges(MLContext mlContext)
    {
        // <snippet>
        var photos = mlContext.ImageTranslation.LoadImages("photos");
        var pipeline = mlContext.Transforms.DrawEdges("Input", "Photo")
            .Append(mlContext.ImageTranslation.Pix2Pix("Output", "Input", "Photo"));
        using var chain = pipeline.Fit(photos);
        mlContext.Model.Save(chain.LastTransformer, null, "model.zip"); // saves only the pix2pix model
        // </snippet>
    }

    public static void Reloaded(MLContext mlContext, ImageFileView photos)
    {
        // <snippet>
        var drawn = mlContext.Transforms.DrawEdges("Input", "Photo").Fit(photos).Transform(photos);
        using var model = mlContext.ImageTranslation.LoadModel("model.zip", out _);
        var translated = model.Transform(drawn);
        // </snippet>
        _ = translated;
    }

    public static void Damaged(MLContext mlContext)
    {
        // <snippet>
        var pairs = mlContext.ImageTranslation.LoadPairs("pairs", PairSide.Left, new ImageLoadOptions { SkipFaulty = true });
        Console.WriteLine($"{pairs.GetRowCount()} pairs, {pairs.Skipped.Count} files skipped");
        // </snippet>
    }
}

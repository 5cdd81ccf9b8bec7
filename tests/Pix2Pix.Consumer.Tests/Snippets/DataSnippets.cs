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
        var facades = mlContext.Data.LoadSideBySideSplits("facades", PairSide.Right); // the input is the right half: labels
        var drawings = mlContext.Data.LoadPairs("drawings", "photos");
        var listed = mlContext.Data.LoadPairsFromTextFile("pairs.csv", new TextPairOptions { InputColumn = 0, TargetColumn = 2 });
        mlContext.Data.SavePreview(facades.Train, "pairs.png", rows: 8);
        using var model = mlContext.Transforms.Pix2Pix("Output", "Input", "Target").Fit(facades.Train);
        // </snippet>
        _ = (drawings, listed);
    }

    public static void Skipping(MLContext mlContext)
    {
        // <snippet>
        var photos = mlContext.Data.LoadPhotos("photos", new ImageLoadOptions { SkipFaulty = true, Refuse16Bit = true }, mlContext);
        foreach (var skipped in photos.Skipped)
            Console.WriteLine($"{skipped.File} {skipped.Reason}");
        // </snippet>
    }

    public static void Edges(MLContext mlContext)
    {
        // <snippet>
        var photos = mlContext.Data.LoadPhotos("photos");
        var pipeline = mlContext.Transforms.DrawEdges("Input", "Photo")
            .Append(mlContext.Transforms.Pix2Pix("Output", "Input", "Photo"));
        using var chain = pipeline.Fit(photos);
        mlContext.Model.Save(chain.LastTransformer, null, "model.zip"); // saves only the pix2pix model
        // </snippet>
    }

    public static void Reloaded(MLContext mlContext, ImageFileView photos)
    {
        // <snippet>
        var drawn = mlContext.Transforms.DrawEdges("Input", "Photo").Fit(photos).Transform(photos);
        using var model = mlContext.Model.LoadPix2Pix("model.zip", out _, mlContext);
        var translated = model.Transform(drawn);
        // </snippet>
        _ = translated;
    }

    public static void Damaged(MLContext mlContext)
    {
        // <snippet>
        var pairs = mlContext.Data.LoadSideBySidePairs("pairs", options: new ImageLoadOptions { SkipFaulty = true });
        Console.WriteLine($"{pairs.GetRowCount()} pairs, {pairs.Skipped.Count} files left out");
        // </snippet>
    }
}

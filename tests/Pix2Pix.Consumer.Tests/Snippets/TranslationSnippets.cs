using Microsoft.ML;
using Microsoft.ML.Data;
using Pix2Pix.ML;

namespace Pix2Pix.Consumer.Tests.Snippets;

/// <summary>The code of docs/translation.md.</summary>
internal static class TranslationSnippets
{
    public static void OneLiners(Pix2PixTransformer model, MLImage drawing)
    {
        // <snippet>
        using var photo = model.Translate(drawing); // an MLImage each
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
        using var chain = mlContext.Model.LoadPix2Pix("model.zip", out _, mlContext, options.Execution);
        // </snippet>
    }

    public static void Sizes(Pix2PixTransformer model)
    {
        // <snippet>
        using var large = model.With(new SizingOptions { Kind = ImageSizing.Tiles, TileOverlap = 0.25 });
        large.TranslateFile("map.png", "aerial.png");
        // </snippet>
    }
}

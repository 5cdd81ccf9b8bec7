using Microsoft.ML;
using Pix2Pix;
using Pix2Pix.Metrics;

namespace Consumer.Tests.Snippets;

/// <summary>The code of docs/evaluation.md.</summary>
internal static class EvaluationSnippets
{
    public static void Scores(MLContext mlContext, Pix2PixTransformer model, IDataView testRows)
    {
        // <snippet>
        var translated = model.Transform(testRows); // adds the column "Output"
        var metrics = mlContext.ImageTranslation.Evaluate(translated, "Output", "Target");
        Console.WriteLine($"L1 {metrics.L1:0.0000}, PSNR {metrics.Psnr:0.0} dB, SSIM {metrics.Ssim:0.000}");
        foreach (var row in metrics.Rows.OrderByDescending(row => row.L1).Take(10))
            Console.WriteLine($"{row.Name}: L1 {row.L1:0.0000}");
        // </snippet>
    }

    public static ImageTranslationMetrics Files(MLContext mlContext)
    {
        // <snippet>
        var files = mlContext.ImageTranslation.LoadPairs("translated", "targets");
        var scores = mlContext.ImageTranslation.Evaluate(files, "Input", "Target");
        // </snippet>
        return scores;
    }

    public static void Labels(MLContext mlContext, IDataView translated)
    {
        // <snippet>
        LabelPalette palette = new([new(0, 0, 170, "background"), new(0, 85, 255, "wall"), new(0, 170, 255, "window")]);
        var given = mlContext.ImageTranslation.Evaluate(translated, options: new() { Palette = palette });
        var found = mlContext.ImageTranslation.Evaluate(translated, options: new() { FindPalette = true });
        for (var i = 0; i < palette.Colors.Count; i++)
            Console.WriteLine($"{palette.Colors[i]}: IoU {given.Labels!.Iou[i]:0.000}");
        // </snippet>
        _ = found;
    }

    public static void Features(MLContext mlContext, IDataView translated)
    {
        // <snippet>
        FeatureNetworkOptions inception = new() { File = "inception.onnx", Output = "pool3" };
        var scored = mlContext.ImageTranslation.Evaluate(translated, options: new() { FeatureNetwork = inception });
        var features = scored.Features!;
        Console.WriteLine($"FID {features.Fid:0.00}, KID {features.Kid:0.0000} +- {features.KidDeviation:0.0000}");
        // </snippet>
    }

    public static void Page(MLContext mlContext, IDataView translated)
    {
        // <snippet>
        ComparisonPageOptions page = new() { File = "comparison.html", SortBy = RowScore.Ssim };
        mlContext.ImageTranslation.Evaluate(translated, options: new() { Page = page });
        // </snippet>
    }
}

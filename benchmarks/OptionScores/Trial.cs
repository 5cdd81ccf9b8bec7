using System.Diagnostics;
using Microsoft.ML;
using Microsoft.ML.Data;
using Pix2Pix;
using Pix2Pix.Imaging;
using Pix2Pix.Metrics;

namespace OptionScores;

/// <summary>One training and its test.</summary>
internal sealed record Trial(ImageScores Scores, double RedBlueIou, TimeSpan Time)
{
    public static Trial Run(PairFiles files, Settings settings, Func<Pix2PixOptions, Pix2PixOptions> variant, int seed)
    {
        MLContext mlContext = new(seed);
        IDataView rows = mlContext.Data.LoadFromEnumerable(files.Train.Select(path => new Row { Path = path }));
        IDataView pairs = mlContext.Transforms.LoadImages("Pair", imageFolder: null, "Path").Fit(rows).Transform(rows);
        Pix2PixOptions options = variant(settings.Options(seed));
        Stopwatch watch = Stopwatch.StartNew();
        using Pix2PixTransformer model = mlContext.ImageTranslation
            .Pix2PixSideBySide("Output", "Input", "Pair", settings.Input, options).Fit(pairs);
        return Test(model, files.Test, settings.Input, options.Generator.Width) with { Time = watch.Elapsed };
    }

    private static Trial Test(Pix2PixTransformer model, IEnumerable<string> files, PairSide side, int size)
    {
        MeanImageScores scores = new();
        RunningMean iou = new();
        foreach (string file in files)
        {
            using MLImage image = MLImage.CreateFromFile(file);
            var (left, right) = SideBySide.Split(Pixels.Of(image));
            var (from, to) = side == PairSide.Left ? (left, right) : (right, left);
            using MLImage input = Pixels.ToMLImage(from);
            using MLImage output = model.Translate(input);
            PixelImage target = ImageResizer.Resize(ImageResizer.CropToAspect(to, size, size), size, size);
            scores.Add(Pixels.Of(output), target);
            iou.Add(ImageMetrics.RedOverBlueIou(Pixels.Of(output), target));
        }

        return new Trial(scores.Mean, iou.Mean, TimeSpan.Zero);
    }

    private sealed class Row
    {
        public required string Path { get; init; }
    }
}

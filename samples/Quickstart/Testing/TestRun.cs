using Microsoft.ML;
using Microsoft.ML.Data;
using Pix2Pix.Imaging;
using Pix2Pix.Metrics;

namespace Quickstart;

/// <summary>What a model does with pairs that it has not seen.</summary>
internal sealed record TestRun
{
    private const int MostShown = 24;

    /// <summary>The mean scores over all test pairs.</summary>
    public required ImageScores Scores { get; init; }

    /// <summary>The mean overlap of the regions where red is above blue, where it was asked for.</summary>
    public required double? RedBlueIou { get; init; }

    /// <summary>The L1 that the mean of all training targets scores, whatever the input: to be beaten.</summary>
    public required double MeanTargetL1 { get; init; }

    /// <summary>Up to 24 translations, evenly spread over the test pairs, by name.</summary>
    public required IReadOnlyList<Translation> Shown { get; init; }

    /// <summary>Translates the test pairs, writes each output to test/NAME.png, and scores it against its target.</summary>
    public static TestRun Translate(MLContext mlContext, ITransformer model, PairSet pairs, QuickstartOptions options)
    {
        HashSet<Pair> shown = [.. PairSet.Spread(pairs.Test, MostShown)];
        List<Translation> translations = [];
        MeanImageScores scores = new();
        RunningMean iou = new(), meanTargetL1 = new();
        PixelImage meanTarget = MeanTarget(pairs.Train, options.Size);

        TestFolder folder = TestFolder.Begin(options.File("test"), pairs.Test.Select(pair => pair.Name));
        IDataView translated = model.Transform(PairRow.View(mlContext, pairs.Test));
        foreach (var (pair, image) in pairs.Test.Zip(translated.GetColumn<MLImage>("Output")))
        {
            using MLImage owned = image;
            PixelImage output = Pictures.ToRgb(image);
            var (input, target) = pair.Load();
            target = Pictures.ToSize(target, options.Size);
            Pictures.Save(output, folder.PathOf(pair.Name));

            ImageScores score = scores.Add(output, target);
            meanTargetL1.Add(ImageMetrics.L1(meanTarget, target));
            if (options.RedBlueIou)
                iou.Add(ImageMetrics.RedOverBlueIou(output, target));
            if (shown.Contains(pair))
                translations.Add(new Translation(pair.Name, Pictures.ToSize(input, options.Size), output, target, score));
        }

        return new TestRun
        {
            Scores = scores.Mean,
            RedBlueIou = options.RedBlueIou ? iou.Mean : null,
            MeanTargetL1 = meanTargetL1.Mean,
            Shown = translations,
        };
    }

    private static PixelImage MeanTarget(IReadOnlyList<Pair> pairs, int size)
    {
        PixelImage mean = new(size, size);
        long[] sums = new long[mean.Pixels.Length];
        foreach (Pair pair in pairs)
        {
            PixelImage target = Pictures.ToSize(pair.Load().Target, size);
            for (int i = 0; i < sums.Length; i++)
                sums[i] += target.Pixels[i];
        }

        for (int i = 0; i < sums.Length; i++)
            mean.Pixels[i] = (byte)((sums[i] + (pairs.Count / 2)) / pairs.Count);
        return mean;
    }
}

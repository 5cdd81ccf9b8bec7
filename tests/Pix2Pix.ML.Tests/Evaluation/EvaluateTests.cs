using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Runtime;
using Pix2Pix.Imaging;
using Pix2Pix.Metrics;
using Pix2Pix.ML.Data;
using static Pix2Pix.ML.Tests.Evaluation.EvaluatedRows;

namespace Pix2Pix.ML.Tests.Evaluation;

/// <summary>What an evaluation gives, and how.</summary>
public sealed class EvaluateTests
{
    private readonly MLContext _context = new(seed: 1);

    [Fact]
    public void Evaluate_KnownRows_GivesClosedForms()
    {
        var data = _context.View(
            Row(Solid(16, 10, 10, 10), Solid(16, 61, 61, 61), "far.png"), Row(Solid(16, 0, 0, 255), Solid(16, 0, 0, 255), "same.png"));

        var metrics = _context.ImageTranslation.Evaluate(data, "Input");

        Assert.Equal(0.1, metrics.L1, 1e-15);
        Assert.Equal(0.02, metrics.L2, 1e-15);
        Assert.Equal(double.PositiveInfinity, metrics.Psnr);
        Assert.Equal((metrics.Rows[0].Ssim + 1) / 2, metrics.Ssim);
        Assert.Null(metrics.MultiScaleSsim);
        Assert.Equal((null, null), (metrics.Labels, metrics.Features));
        Assert.Equal(["1 far.png", "2 same.png"], metrics.Rows.Select(row => $"{row.Row} {row.Name}"));
        Assert.Equal((0.2, 10 * Math.Log10(25)), (metrics.Rows[0].L1, metrics.Rows[0].Psnr));

        // One row shares no lightness, and all of a and b; the other shares all. Together half of the pixels are alike.
        Assert.Equal(new ColorOverlap(0, 1, 1), metrics.Rows[0].Colors);
        Assert.Equal(new ColorOverlap(1, 1, 1), metrics.Rows[1].Colors);
        Assert.Equal(new ColorOverlap(0.5, 1, 1), metrics.Colors);
    }

    [Fact]
    public void Evaluate_LargeImages_GivesTheMeansOfTheMetrics()
    {
        TestRow[] rows = [.. Noisy(3, 165)];

        var metrics = _context.ImageTranslation.Evaluate(_context.View(rows), "Input");

        Assert.All(rows, (row, i) =>
        {
            var (a, b) = (Pixels(row.Input!), Pixels(row.Target!));
            Assert.Equal(ImageMetrics.Compare(a, b), new ImageScores(metrics.Rows[i].L1, metrics.Rows[i].Psnr, metrics.Rows[i].Ssim!.Value));
            Assert.Equal(ImageMetrics.MultiScaleSsim(a, b), metrics.Rows[i].MultiScaleSsim);
            Assert.Equal(ImageMetrics.L2(a, b), metrics.Rows[i].L2);
        });
        Assert.Equal(metrics.Rows.Average(row => row.MultiScaleSsim!.Value), metrics.MultiScaleSsim!.Value, 1e-15);
        Assert.Equal(metrics.Rows.Average(row => row.Psnr), metrics.Psnr, 1e-12);

        static PixelImage Pixels(MLImage image) => ChannelConversion.ToChannels(PixelLayout.ToRgba(image), ImageChannels.Rgb);
    }

    [Fact]
    public void Evaluate_ScoresThatAreOff_AreNull()
    {
        var options = new EvaluationOptions { Ssim = false, MultiScaleSsim = false, Colors = false };

        var metrics = _context.ImageTranslation.Evaluate(_context.View(Noisy(2, 165)), "Input", "Target", options);

        Assert.All(
            (object?[])[metrics.Ssim, metrics.MultiScaleSsim, metrics.Colors, metrics.Rows[0].Ssim, metrics.Rows[0].MultiScaleSsim, metrics.Rows[0].Colors],
            Assert.Null);
        metrics = _context.ImageTranslation.Evaluate(_context.View(Noisy(2, 165)), "Input", "Target", options with { MultiScaleSsim = true });
        Assert.Null(metrics.Ssim);
        Assert.NotNull(metrics.MultiScaleSsim);
    }

    [Fact]
    public void Evaluate_AnyNumberOfThreads_GivesTheSame()
    {
        var data = _context.View(Noisy(70, 24));

        var (one, many) = (With(1), With(5));

        Assert.Equal(one.Rows, many.Rows);
        Assert.Equal((one.L1, one.Psnr, one.Ssim, one.Colors), (many.L1, many.Psnr, many.Ssim, many.Colors));
        Assert.Equal(Enumerable.Range(1, 70).Select(row => (long)row), many.Rows.Select(row => row.Row));

        ImageTranslationMetrics With(int threads) => _context.ImageTranslation.Evaluate(data, "Input", options: new() { Threads = threads });
    }

    [Fact]
    public void Evaluate_TransformedRows_ScoresTheTranslations()
    {
        using var model = new TrainedModel();

        var metrics = model.Context.ImageTranslation.Evaluate(model.Transformer.Transform(TrainedModel.TrainingRows(model.Context)));

        Assert.Equal(TrainedModel.Pairs, metrics.Rows.Count);
        Assert.Equal("row 0", metrics.Rows[0].Name);
        using var translation = model.Transformer.Translate(TestImages.Input(0));
        var expected = ImageMetrics.L1(PixelLayout.ToPicture(translation, ImageChannels.Rgb), PixelLayout.ToPicture(TestImages.Target(0), ImageChannels.Rgb));
        Assert.Equal(expected, metrics.Rows[0].L1);
        Assert.Contains(model.Log, line => line.Contains("Evaluated 6 rows: L1 0.", StringComparison.Ordinal));
    }

    [Fact]
    public void Evaluate_Labels_AreJudgedByAPaletteGivenOrFound()
    {
        // Half of the target is wrong in the first row, nothing in the second.
        var (red, blue) = (Solid(8, 255, 0, 0), Solid(8, 0, 0, 255));
        PixelImage half = new(8, 8, [.. red.Pixels.Take(96), .. blue.Pixels.Take(96)]);
        var data = _context.View(Row(Solid(8, 240, 10, 9), half), Row(blue, blue));
        LabelPalette palette = new([new(255, 0, 0, "roof"), new(0, 0, 255, "sky")]);

        var given = _context.ImageTranslation.Evaluate(data, "Input", options: new() { Palette = palette });
        var found = _context.ImageTranslation.Evaluate(data, "Input", options: new() { FindPalette = true });

        Assert.Same(palette, given.Labels!.Palette);
        Assert.Equal((0.75, (32 / 32.0 + 64 / 96.0) / 2), (given.Labels.Accuracy, given.Labels.LabelAccuracy));
        Assert.Equal([32 / 64.0, 64 / 96.0], given.Labels.Iou);
        Assert.Equal(given.Labels.Iou.Average()!.Value, given.Labels.MeanIou, 1e-15);
        Assert.Equal([(0.5, 0.25), (1.0, 1.0)], given.Rows.Select(row => (row.LabelAccuracy!.Value, row.MeanIou!.Value)));
        Assert.Equal(["#0000FF", "#FF0000"], found.Labels!.Palette.Colors.Select(color => color.ToString()));
        Assert.Equal(given.Labels.Iou.Reverse(), found.Labels.Iou);
        Assert.Equal(given.Rows, found.Rows);
    }

    [Fact]
    public void Evaluate_PaletteOfOtherMaps_IsWarnedOf()
    {
        List<string> warnings = [];
        _context.Log += (_, e) =>
        {
            if (e.Kind == ChannelMessageKind.Warning)
                warnings.Add(e.RawMessage);
        };
        var (red, dark) = (Solid(8, 255, 0, 0), Solid(8, 40, 20, 20));
        LabelPalette other = new([new(10, 10, 10), new(20, 20, 20)]);

        var metrics = _context.ImageTranslation.Evaluate(
            _context.View(Row(red, red), Row(red, dark)), "Input", options: new() { Palette = other });

        Assert.Equal(0.5, metrics.Labels!.StrayShare);
        Assert.Contains(warnings, line => line.StartsWith(
            "50.0% of the target pixels differ by more than 64 levels from every color in the palette", StringComparison.Ordinal));
    }

    [Fact]
    public void Evaluate_Progress_TellsRowsAndTimeToGo()
    {
        List<ImageProgress> reports = [];

        _context.ImageTranslation.Evaluate(_context.View(Noisy(70, 8)), "Input", progress: new Recorder(reports.Add));
        _context.ImageTranslation.Evaluate(_context.View(Noisy(5, 8).ToArray()), "Input", progress: new Recorder(reports.Add));

        Assert.Equal([(32, null), (64, null), (70, null), (5, 5)], reports.Select(report => (report.Done, report.Total)));
        Assert.Equal([null, null, null, TimeSpan.Zero], reports.Select(report => report.Remaining));
    }

    [Fact]
    public void Evaluate_ManyRows_ReadsFewAhead()
    {
        var (read, most) = (0, 0);
        var rows = Noisy(400, 8).Select(row =>
        {
            Interlocked.Increment(ref read);
            return row;
        });

        _context.ImageTranslation.Evaluate(
            _context.View(rows), "Input", progress: new Recorder(report => most = Math.Max(most, Volatile.Read(ref read) - (int)report.Done)));

        Assert.InRange(most, 0, 3 * 32); // one chunk waits, one is filled; LoadFromEnumerable may be a row ahead
        Assert.Equal(400, read);
    }

    [Fact]
    public void Evaluate_Cancelled_Ends()
    {
        using var cancel = new CancellationTokenSource();
        List<ImageProgress> reports = [];

        Assert.ThrowsAny<OperationCanceledException>(() => _context.ImageTranslation.Evaluate(
            _context.View(Noisy(400, 8)),
            "Input",
            progress: new Recorder(report =>
            {
                reports.Add(report);
                cancel.Cancel();
            }),
            cancel: cancel.Token));

        Assert.Single(reports);
    }

    [Fact]
    public void Options_Defaults_AreThoseOfTheDocs()
    {
        var options = EvaluationOptions.Default;

        Assert.Equal((true, true, true, false), (options.Ssim, options.MultiScaleSsim, options.Colors, options.FindPalette));
        Assert.Equal((null, null, null, null), (options.Palette, options.FeatureNetwork, options.Page, options.Threads));
        var page = new ComparisonPageOptions { File = "page.html" };
        Assert.Equal((100, 192, null, null), (page.Rows, page.ImageSide, page.SortBy, page.Title));
        var network = new FeatureNetworkOptions { File = "network.onnx" };
        Assert.Equal((16, 10_000, null, null), (network.BatchSize, network.KidRows, network.Output, network.Size));
        Assert.Equal((100, 1000, 0), (network.KidSubsets, network.KidSubsetSize, network.KidSeed));
        Assert.Equal([0.5f, 0.5f, 0.5f], network.Mean);
        Assert.Equal([0.5f, 0.5f, 0.5f], network.Deviation);
    }

    private sealed class Recorder(Action<ImageProgress> report) : IProgress<ImageProgress>
    {
        public void Report(ImageProgress value) => report(value);
    }
}

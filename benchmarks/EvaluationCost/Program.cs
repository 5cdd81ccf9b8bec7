using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using EvaluationCost;
using Microsoft.ML;
using Pix2Pix;
using Pix2Pix.Metrics;
using TrainingMemory;

// Measures an evaluation: each score of one pair on one thread, then the time and memory of many rows. Pairs are drawn, so that no
// dataset is needed; the times do not include decoding files.

Option<int> rows = new("--rows") { Description = "The number of rows.", DefaultValueFactory = _ => 10_000 };
Option<int> size = new("--size") { Description = "Width and height of the images in pixels.", DefaultValueFactory = _ => 256 };
Option<int?> threads = new("--threads") { Description = "The number of threads; by default, one per core." };
Option<string?> network = new("--features") { Description = "An ONNX file with a feature network, for FID and KID." };
Option<string?> page = new("--page") { Description = "The comparison page to write." };

RootCommand command = new("Measures the time and memory of an evaluation.") { rows, size, threads, network, page };
command.SetAction(parsed =>
{
    DrawnPair[] pairs = [.. Enumerable.Range(0, 64).Select(seed => new DrawnPair(parsed.GetValue(size), seed))];
    Time(pairs);
    Evaluate(parsed.GetValue(rows), pairs, new EvaluationOptions
    {
        Threads = parsed.GetValue(threads),
        FeatureNetwork = parsed.GetValue(network) is { } file ? new() { File = file } : null,
        Page = parsed.GetValue(page) is { } html ? new() { File = html } : null,
    });
});
return command.Parse(args).Invoke();

static void Time(DrawnPair[] pairs)
{
    Each("L1, L2 and PSNR", pair => _ = ImageMetrics.L1(pair.Output, pair.Target) + ImageMetrics.L2(pair.Output, pair.Target)
        + ImageMetrics.Psnr(pair.Output, pair.Target));
    Each("SSIM", pair => ImageMetrics.Ssim(pair.Output, pair.Target));
    Each("SSIM and multi-scale SSIM", pair => ImageMetrics.SsimAndMultiScale(pair.Output, pair.Target));
    Each("color histograms", pair => ColorHistogram.Overlap(Histogram(pair.Output), Histogram(pair.Target)));
    LabelPalette palette = new(Enumerable.Range(0, 12).Select(i => new LabelColor((byte)(20 * i), (byte)(255 - 20 * i), (byte)(i * i))));
    Each("labels, 12 colors", pair => new LabelConfusion(palette).Add(pair.Output, pair.Target));

    void Each(string name, Action<DrawnPair> score)
    {
        double[] times = new double[4 * pairs.Length];
        for (int i = 0; i < times.Length; i++)
        {
            long start = Stopwatch.GetTimestamp();
            score(pairs[i % pairs.Length]);
            times[i] = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
        }

        double[] warm = [.. times.Skip(pairs.Length).Order()];
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture, $"{name,-26} {warm[warm.Length / 2],6:0.00} ms per pair on one thread (median), {warm[0]:0.00} at best"));
    }

    static ColorHistogram Histogram(Pix2Pix.Imaging.PixelImage image)
    {
        ColorHistogram histogram = new();
        histogram.Add(image);
        return histogram;
    }
}

static void Evaluate(int rows, DrawnPair[] pairs, EvaluationOptions options)
{
    MLContext context = new(seed: 1);
    context.Log += (_, e) =>
    {
        if (e.Message.Contains("Evaluated", StringComparison.Ordinal))
            Console.WriteLine(e.Message);
    };

    Stopwatch watch = Stopwatch.StartNew();
    context.ImageTranslation.Evaluate(
        context.Data.LoadFromEnumerable(new DrawnRows(rows, pairs)), "Output", "Target", options, new Lines(Math.Max(1, rows / 10)));
    Console.WriteLine(string.Create(
        CultureInfo.InvariantCulture,
        $"{watch.Elapsed.TotalMilliseconds / rows:0.00} ms per row in total, {watch.Elapsed.TotalSeconds:0.0} s; peak {ProcessMemory.Peak:0.0} MiB"));
}

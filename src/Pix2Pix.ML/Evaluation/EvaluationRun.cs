using System.Diagnostics;
using System.Globalization;
using Microsoft.ML;
using Pix2Pix.Imaging;
using Pix2Pix.Metrics;
using Pix2Pix.ML.Data;
using Pix2Pix.Torch;

namespace Pix2Pix.ML.Evaluation;

/// <summary>
/// A single evaluation: rows are prefetched, compared in chunks on all threads, and their scores are collected in order.
/// </summary>
internal sealed class EvaluationRun : IDisposable
{
    private const double StrayShareToWarn = 0.01; // of the targets' pixels

    private readonly IDataView _data;
    private readonly PairColumns _columns;
    private readonly EvaluationOptions _options;
    private readonly Pix2PixLog _log;
    private readonly FeatureExtractor? _network;

    /// <summary>Validates everything that can be validated before the rows are read.</summary>
    public EvaluationRun(IDataView data, PairColumns columns, EvaluationOptions options, MLContext mlContext)
    {
        ColumnCheck.Images(data.Schema, columns.Training, "evaluates");
        OptionsCheck.Throw(options.Problems());
        if (options.Page is { } page)
            AtomicFile.Check(page.File);

        (_data, _columns, _options) = (data, columns, options);
        _log = new Pix2PixLog(mlContext, "Evaluation");
        if (options.FeatureNetwork is not { } network)
            return;
        try
        {
            _network = new FeatureExtractor(network, GpuChoice.Of(mlContext), options.Threads, _log);
        }
        catch
        {
            _log.Dispose();
            throw;
        }
    }

    public ImageTranslationMetrics Evaluate(IProgress<ImageProgress>? progress, CancellationToken cancel)
    {
        var palette = _options.FindPalette ? PaletteSearch.In(_data, _columns.Training[^1], cancel) : _options.Palette;
        var sum = new MetricsSum(palette);
        var features = _network is null ? null : new FeatureScores(_network, _options.FeatureNetwork!);
        var compared = _options.Page is { } page ? new ComparedRows(page, _options.SortBy) : null;

        var parallel = new ParallelOptions { CancellationToken = cancel, MaxDegreeOfParallelism = _options.Threads ?? Environment.ProcessorCount };
        var total = _data.GetRowCount();
        var watch = Stopwatch.StartNew();
        foreach (var chunk in Prefetch.Of(token => PairChunks.Read(_data, _columns, token), items: 1, cancel))
        {
            var rows = new RowComparison[chunk.Rows.Count];
            Parallel.For(0, rows.Length, parallel, i => rows[i] = new RowComparison(chunk.Rows[i].Row, chunk.Rows[i].Pair, _options, palette));
            features?.Add(rows, parallel);
            foreach (var row in rows)
            {
                sum.Add(row);
                compared?.Add(row);
            }

            progress?.Report(Progress(sum.Count, total, watch.Elapsed));
        }

        var metrics = sum.Metrics(features?.Metrics(cancel));
        if (compared is not null)
            ComparisonPage.Write(_options.Page!, _options.SortBy, metrics, compared);
        if (metrics.Labels is { StrayShare: > StrayShareToWarn } labels)
        {
            _log.Warning(
                $"{labels.StrayShare:0.0%} of the target pixels differ by more than {LabelConfusion.Near} levels from every color in " +
                "the palette and were assigned the nearest label. Check that the palette belongs to these label maps.");
        }

        _log.Info(Describe(metrics));
        return metrics;
    }

    public void Dispose()
    {
        _network?.Dispose();
        _log.Dispose();
    }

    private static ImageProgress Progress(long done, long? total, TimeSpan elapsed)
        => new(done, total, elapsed, total is { } all ? elapsed / done * Math.Max(0, all - done) : null);

    private static string Describe(ImageTranslationMetrics metrics)
    {
        var scores = new List<FormattableString> { $"{RowMetric.Describe(metric => metric.OfAll(metrics))}" };
        if (metrics.Colors is { } colors)
            scores.Add($"color histogram overlap {colors.Lightness:0.00} {colors.A:0.00} {colors.B:0.00}");
        if (metrics.Labels is { } labels)
            scores.Add($"label accuracy {labels.Accuracy:0.000}, mean IoU {labels.MeanIou:0.000}");
        if (metrics.Features is { } features)
            scores.Add($"FID {features.Fid:0.00}, KID {features.Kid:0.00000}");
        return $"Evaluated {Pluralize.Of(metrics.Rows.Count, "row")}: " +
            $"{string.Join(", ", scores.Select(score => score.ToString(CultureInfo.InvariantCulture)))}.";
    }
}

/// <summary>A pass over the rows of a view.</summary>
internal static class PairChunks
{
    /// <summary>If this many rows are read and all are faulty, reading stops.</summary>
    private const int MaxLeadingFaults = 100;

    /// <summary>
    /// Returns the rows in order. After the first faulty row, no more rows are returned, but all remaining rows are checked.
    /// </summary>
    /// <exception cref="PairDataException">
    /// There are no rows, or some are faulty; the message names all of them. If the first hundred are all faulty, no more are read.
    /// </exception>
    public static IEnumerable<PairChunk> Read(IDataView view, PairColumns columns, CancellationToken cancel)
    {
        using var rows = new PairCursor(view, columns);
        List<string> problems = [];
        var chunk = new PairChunk();
        while (rows.MoveNext())
        {
            cancel.ThrowIfCancellationRequested();
            if (rows.Read(Pair, out var problem) is not { } pair)
                problems.Add($"{rows.Name}: {problem}");
            else if (problems.Count == 0)
                chunk.Add(rows.Row, pair);
            if (problems.Count == MaxLeadingFaults && rows.Row == MaxLeadingFaults)
                throw Faulty(problems, $"None of the first {MaxLeadingFaults} rows can be evaluated, so the remaining rows were not read");
            if (!chunk.IsFull || problems.Count > 0)
                continue;
            yield return chunk;
            chunk = new PairChunk();
        }

        if (problems.Count > 0)
            throw Faulty(problems, $"{problems.Count} of {rows.Row} rows could not be evaluated");
        if (rows.Row == 0)
            throw new PairDataException("The data has no rows; expected at least one translation and its target.", []);
        if (chunk.Rows.Count > 0)
            yield return chunk;
    }

    private static PairDataException Faulty(List<string> problems, string headline)
        => new($"{headline}. Fix these rows or filter them out:", problems);

    private static ImagePair Pair(PixelImage translation, PixelImage target, string? name)
        => (translation.Width, translation.Height) == (target.Width, target.Height)
            ? new ImagePair(translation, target) { Name = name }
            : throw new ArgumentException(
                $"The translation is {translation.Width}x{translation.Height} and the target is {target.Width}x{target.Height}; expected "
                + "equal sizes. Resize one of them with ResizeImages, or set Pix2PixOptions.Sizing to translate at the original size.");
}

/// <summary>A chunk of rows that are compared together.</summary>
internal sealed class PairChunk
{
    private const int MaxPairs = 32;
    private const long MaxBytes = 32 << 20;

    private readonly List<(long Row, ImagePair Pair)> _rows = [];
    private long _bytes;

    /// <summary>RGBA pairs with their row numbers, from 1. The input is the translation.</summary>
    public IReadOnlyList<(long Row, ImagePair Pair)> Rows => _rows;

    public bool IsFull => _rows.Count == MaxPairs || _bytes >= MaxBytes;

    public void Add(long row, ImagePair pair)
    {
        _rows.Add((row, pair));
        _bytes += pair.Input.Pixels.Length + pair.Target.Pixels.Length;
    }
}

/// <summary>A pass over the targets only, to find their palette.</summary>
internal static class PaletteSearch
{
    /// <summary>The palette of the readable targets; null if there are none, in which case the next pass reports the errors.</summary>
    /// <exception cref="ArgumentException">The targets are not label maps.</exception>
    public static LabelPalette? In(IDataView view, string targetColumn, CancellationToken cancel)
    {
        var finder = new PaletteFinder();
        var found = false;
        using var rows = new PairCursor(view, PairColumns.Two(targetColumn, targetColumn));
        while (rows.MoveNext())
        {
            cancel.ThrowIfCancellationRequested();
            if (rows.Read((target, _, _) => new ImagePair(target, target), out _) is not { } pair)
                continue;
            finder.Add(pair.Target);
            found = true;
        }

        try
        {
            return found ? finder.Find() : null;
        }
        catch (InvalidOperationException e)
        {
            throw new ArgumentException($"The palette of column '{targetColumn}' cannot be determined: {e.Message}", e);
        }
    }
}

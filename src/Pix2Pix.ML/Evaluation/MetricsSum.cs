using Pix2Pix.Metrics;

namespace Pix2Pix.ML.Evaluation;

/// <summary>Accumulates the rows of an evaluation, in order. Not thread-safe.</summary>
internal sealed class MetricsSum
{
    private readonly List<ImageRowMetrics> _rows = [];
    private readonly ColorHistogram _translations = new();
    private readonly ColorHistogram _targets = new();
    private readonly LabelPalette? _palette;
    private readonly LabelConfusion? _confusion;

    public MetricsSum(LabelPalette? palette)
    {
        _palette = palette;
        _confusion = palette is null ? null : new LabelConfusion(palette);
    }

    public int Count => _rows.Count;

    public void Add(RowComparison row)
    {
        _rows.Add(row.Metrics);
        if (row.Colors is var (translation, target))
        {
            _translations.Add(translation);
            _targets.Add(target);
        }

        if (row.Confusion is { } confusion)
            _confusion?.Add(confusion);
    }

    /// <summary>The scores over all rows.</summary>
    public ImageTranslationMetrics Metrics(FeatureMetrics? features) => new()
    {
        L1 = Mean(row => row.L1)!.Value,
        L2 = Mean(row => row.L2)!.Value,
        Psnr = Mean(row => row.Psnr)!.Value,
        Ssim = Mean(row => row.Ssim),
        MultiScaleSsim = Mean(row => row.MultiScaleSsim),
        Colors = _targets.Pixels > 0 ? ColorHistogram.Overlap(_translations, _targets) : null,
        Labels = Labels(),
        Features = features,
        Rows = _rows,
    };

    private double? Mean(Func<ImageRowMetrics, double?> score)
    {
        var mean = new RunningMean();
        foreach (var value in _rows.Select(score).OfType<double>())
            mean.Add(value);
        return mean.Count > 0 ? mean.Mean : null;
    }

    private LabelMetrics? Labels()
        => _palette is null || _confusion is null
            ? null
            : new LabelMetrics(
                _palette,
                _confusion.Accuracy,
                _confusion.LabelAccuracy,
                _confusion.MeanIou,
                [.. Enumerable.Range(0, _palette.Colors.Count).Select(_confusion.Iou)])
            {
                StrayShare = _confusion.StrayShare,
            };
}

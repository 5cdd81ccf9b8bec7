using Pix2Pix.Imaging;
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

/// <summary>The results computed for one row. Not thread-safe; rows are independent of each other.</summary>
internal sealed class RowComparison
{
    /// <param name="row">The number of the row, from 1.</param>
    /// <param name="pair">The translation and the target, of the same size.</param>
    /// <param name="options">What to compute.</param>
    /// <param name="palette">The labels, if any.</param>
    public RowComparison(long row, ImagePair pair, EvaluationOptions options, LabelPalette? palette)
    {
        Translation = ChannelConversion.ToChannels(pair.Input, ImageChannels.Rgb);
        Target = ChannelConversion.ToChannels(pair.Target, ImageChannels.Rgb);
        var (ssim, multiScale) = Similarities(options);
        if (options.Colors)
        {
            Colors = (new ColorHistogram(), new ColorHistogram());
            Colors.Value.Translation.Add(Translation);
            Colors.Value.Target.Add(Target);
        }

        if (palette is not null)
        {
            Confusion = new LabelConfusion(palette);
            Confusion.Add(Translation, Target);
        }

        Metrics = new ImageRowMetrics
        {
            Row = row,
            Name = pair.Name,
            L1 = ImageMetrics.L1(Translation, Target),
            L2 = ImageMetrics.L2(Translation, Target),
            Psnr = ImageMetrics.Psnr(Translation, Target),
            Ssim = ssim,
            MultiScaleSsim = multiScale,
            Colors = Colors is var (translation, target) ? ColorHistogram.Overlap(translation, target) : null,
            LabelAccuracy = Confusion?.Accuracy,
            MeanIou = Confusion?.MeanIou,
        };
    }

    /// <summary>The translation in RGB.</summary>
    public PixelImage Translation { get; }

    /// <summary>The target in RGB.</summary>
    public PixelImage Target { get; }

    public ImageRowMetrics Metrics { get; }

    /// <summary>The color histograms; null if they are turned off.</summary>
    public (ColorHistogram Translation, ColorHistogram Target)? Colors { get; }

    /// <summary>The label confusion; null without a palette.</summary>
    public LabelConfusion? Confusion { get; }

    private (double? Ssim, double? MultiScale) Similarities(EvaluationOptions options)
    {
        if (!options.MultiScaleSsim)
            return (options.Ssim ? ImageMetrics.Ssim(Translation, Target) : null, null);
        var (ssim, multiScale) = ImageMetrics.SsimAndMultiScale(Translation, Target);
        return (options.Ssim ? ssim : null, multiScale);
    }
}

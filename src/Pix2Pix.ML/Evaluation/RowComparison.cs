using Pix2Pix.Imaging;
using Pix2Pix.Metrics;

namespace Pix2Pix.ML.Evaluation;

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

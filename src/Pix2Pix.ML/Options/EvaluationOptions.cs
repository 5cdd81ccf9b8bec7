using Pix2Pix.Metrics;
using Pix2Pix.ML;

namespace Pix2Pix;

/// <summary>What an evaluation computes. L1, L2 and PSNR always are. Immutable.</summary>
public sealed record EvaluationOptions
{
    /// <summary>The defaults below.</summary>
    public static EvaluationOptions Default { get; } = new();

    /// <summary>The structural similarity: <see cref="ImageMetrics.Ssim"/>.</summary>
    /// <value>The default is <see langword="true"/>.</value>
    public bool Ssim { get; init; } = true;

    /// <summary>
    /// The structural similarity over five scales: <see cref="ImageMetrics.MultiScaleSsim"/>. Of images with sides of 161 pixels or more.
    /// </summary>
    /// <value>The default is <see langword="true"/>.</value>
    public bool MultiScaleSsim { get; init; } = true;

    /// <summary>The intersection of colour histograms in CIE L*a*b*: <see cref="ColorHistogram"/>.</summary>
    /// <value>The default is <see langword="true"/>.</value>
    public bool Colors { get; init; } = true;

    /// <summary>
    /// The colours of the labels, where translations are to be label maps. Gives accuracies and intersections over unions.
    /// </summary>
    /// <value>The default is <see langword="null"/>: they are not judged as label maps, unless <see cref="FindPalette"/> is set.</value>
    public LabelPalette? Palette { get; init; }

    /// <summary>Whether to find the palette in all targets by a <see cref="PaletteFinder"/>, which takes a pass over them.</summary>
    /// <value>The default is <see langword="false"/>.</value>
    /// <remarks>Contradicts a <see cref="Palette"/>.</remarks>
    public bool FindPalette { get; init; }

    /// <summary>The network whose features FID and KID compare.</summary>
    /// <value>The default is <see langword="null"/>: neither is computed.</value>
    public FeatureNetworkOptions? FeatureNetwork { get; init; }

    /// <summary>A page with the rows side by side, sorted from worst to best.</summary>
    /// <value>The default is <see langword="null"/>: none is written.</value>
    public ComparisonPageOptions? Page { get; init; }

    /// <summary>The threads that compare images, and those of the feature network on a CPU.</summary>
    /// <value>The default is <see langword="null"/>: one for each core. From 1 to 1,024.</value>
    public int? Threads { get; init => field = value is { } threads ? Guard.InRange(threads, 1, 1024) : null; }

    internal bool HasLabels => Palette is not null || FindPalette;

    /// <summary>The score that the page sorts by.</summary>
    internal RowScore SortBy => Page?.SortBy ?? (HasLabels ? RowScore.MeanIou : Ssim ? RowScore.Ssim : RowScore.L1);

    /// <summary>All contradictions, one sentence each.</summary>
    internal IEnumerable<string> Problems()
    {
        if (Palette is not null && FindPalette)
            yield return "Palette is given and FindPalette is set; leave one of them out.";
        var isThere = SortBy switch
        {
            RowScore.Ssim => Ssim,
            RowScore.MultiScaleSsim => MultiScaleSsim,
            RowScore.LabelAccuracy or RowScore.MeanIou => HasLabels,
            _ => true,
        };
        if (!isThere)
            yield return $"Page.SortBy is {SortBy}, which is not computed; turn it on, or sort by another score.";
    }
}

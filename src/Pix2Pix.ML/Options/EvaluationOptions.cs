using Pix2Pix.Metrics;

namespace Pix2Pix;

/// <summary>What an evaluation computes. L1, L2 and PSNR are always computed. Immutable.</summary>
public sealed record EvaluationOptions
{
    /// <summary>The default options.</summary>
    public static EvaluationOptions Default { get; } = new();

    /// <summary>
    /// Whether to compute the structural similarity of Wang, Bovik, Sheikh and Simoncelli, "Image quality assessment: from error visibility
    /// to structural similarity", IEEE TIP 13(4), 2004: an 11x11 Gaussian window with sigma 1.5, K1 = 0.01, K2 = 0.03, for red, green and
    /// blue separately and then averaged.
    /// </summary>
    /// <value>The default is <see langword="true"/>.</value>
    public bool Ssim { get; init; } = true;

    /// <summary>
    /// Whether to compute the structural similarity over five scales (Wang, Simoncelli and Bovik 2003). Applies to images with
    /// sides of 161 pixels or more.
    /// </summary>
    /// <value>The default is <see langword="true"/>.</value>
    public bool MultiScaleSsim { get; init; } = true;

    /// <summary>Whether to compute the intersection of color histograms in CIE L*a*b*, of 256 bins each.</summary>
    /// <value>The default is <see langword="true"/>.</value>
    public bool Colors { get; init; } = true;

    /// <summary>The colors of the labels, if translations are label maps. Enables accuracies and intersections over union.</summary>
    /// <value>
    /// The default is <see langword="null"/>: translations are not evaluated as label maps, unless <see cref="FindPalette"/> is set.
    /// </value>
    public LabelPalette? Palette { get; init; }

    /// <summary>Whether to find the palette in all targets, which takes one pass over them.</summary>
    /// <value>The default is <see langword="false"/>.</value>
    /// <remarks>Cannot be combined with a <see cref="Palette"/>.</remarks>
    public bool FindPalette { get; init; }

    /// <summary>The network whose features FID and KID compare.</summary>
    /// <value>The default is <see langword="null"/>: neither is computed.</value>
    public FeatureNetworkOptions? FeatureNetwork { get; init; }

    /// <summary>A page that shows the rows side by side, sorted from worst to best.</summary>
    /// <value>The default is <see langword="null"/>: no page is written.</value>
    public ComparisonPageOptions? Page { get; init; }

    /// <summary>The number of threads that compare images, and of the feature network on a CPU.</summary>
    /// <value>The default is <see langword="null"/>: one per core. From 1 to 1,024.</value>
    public int? Threads { get; init => field = value is { } threads ? Guard.InRange(threads, 1, 1024) : null; }

    internal bool HasLabels => Palette is not null || FindPalette;

    /// <summary>The score that the page sorts by.</summary>
    internal RowScore SortBy => Page?.SortBy ?? (HasLabels ? RowScore.MeanIou : Ssim ? RowScore.Ssim : RowScore.L1);

    /// <summary>Returns all contradictions, one sentence each.</summary>
    internal IEnumerable<string> Problems()
    {
        if (Palette is not null && FindPalette)
            yield return "Palette is set and FindPalette is true; set only one of them.";
        var isThere = SortBy switch
        {
            RowScore.Ssim => Ssim,
            RowScore.MultiScaleSsim => MultiScaleSsim,
            RowScore.LabelAccuracy or RowScore.MeanIou => HasLabels,
            _ => true,
        };
        if (!isThere)
            yield return $"Page.SortBy is {SortBy}, which is not computed; turn this score on, or sort by another one.";
    }
}

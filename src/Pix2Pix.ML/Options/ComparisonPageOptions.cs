namespace Pix2Pix;

/// <summary>
/// A page that shows translations, targets and four times their difference side by side, sorted from worst to best, with their scores. It
/// is a single self-contained HTML file. Immutable.
/// </summary>
public sealed record ComparisonPageOptions
{
    /// <summary>The HTML file; its folder must exist. It is replaced when the evaluation is complete.</summary>
    public required string File
    {
        get;
        init => field = Guard.NotEmpty(value, "the path of an HTML file for the comparison page");
    }

    /// <summary>
    /// The maximum number of rows on the page. If there are more, half of the places are for the worst rows, and the other half for rows
    /// spread over the remaining scores, including the best.
    /// </summary>
    /// <value>The default is 100. From 4 to 1,000.</value>
    public int Rows { get; init => field = Guard.InRange(value, 4, 1000); } = 100;

    /// <summary>The maximum length of an image's longer side on the page, in pixels.</summary>
    /// <value>The default is 192. From 16 to 4,096.</value>
    /// <remarks>With the defaults the page takes about 10 to 20 MB.</remarks>
    public int ImageSide { get; init => field = Guard.InRange(value, 16, 4096); } = 192;

    /// <summary>The score to sort by.</summary>
    /// <value>
    /// The default is <see langword="null"/>: the mean intersection over union if there are labels, otherwise the structural similarity, or
    /// L1 if that is off.
    /// </value>
    public RowScore? SortBy { get; init => field = value is { } score ? Guard.Defined(score) : null; }

    /// <summary>The page's title.</summary>
    /// <value>The default is <see langword="null"/>: "Translations and targets".</value>
    public string? Title { get; init; }
}

/// <summary>A score by which rows are sorted.</summary>
public enum RowScore
{
    /// <summary>The mean absolute difference; lower is better.</summary>
    L1,

    /// <summary>The mean squared difference and the peak signal-to-noise ratio; both give the same order.</summary>
    L2,

    /// <summary>The structural similarity; higher is better.</summary>
    Ssim,

    /// <summary>The structural similarity over five scales; higher is better. Rows that are too small for it come first.</summary>
    MultiScaleSsim,

    /// <summary>The fraction of pixels with the correct label; higher is better.</summary>
    LabelAccuracy,

    /// <summary>The mean intersection over union of the labels; higher is better.</summary>
    MeanIou,
}

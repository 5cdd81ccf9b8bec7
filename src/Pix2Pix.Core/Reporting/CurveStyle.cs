namespace Pix2Pix.Reporting;

/// <summary>How a curve is drawn.</summary>
internal enum CurveStyle
{
    /// <summary>A line.</summary>
    Plain,

    /// <summary>A line with marked points, unless there are too many.</summary>
    Marked,

    /// <summary>A faint line with a running mean over it.</summary>
    Noisy,
}

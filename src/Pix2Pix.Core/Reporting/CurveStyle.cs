namespace Pix2Pix.Reporting;

/// <summary>How a curve is drawn.</summary>
internal enum CurveStyle
{
    /// <summary>A line.</summary>
    Plain,

    /// <summary>A line with its points marked, where they are not too many.</summary>
    Marked,

    /// <summary>Faint, with a running mean over it.</summary>
    Noisy,
}

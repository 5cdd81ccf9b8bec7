namespace Pix2Pix;

/// <summary>The order of colours; alpha, where there is one, is behind them.</summary>
public enum ColorOrder
{
    /// <summary>Red, green, blue.</summary>
    Rgb,

    /// <summary>Blue, green, red.</summary>
    Bgr,
}

namespace Pix2Pix;

/// <summary>The order of the color channels; alpha, if present, is last.</summary>
public enum ColorOrder
{
    /// <summary>Red, green, blue.</summary>
    Rgb,

    /// <summary>Blue, green, red.</summary>
    Bgr,
}

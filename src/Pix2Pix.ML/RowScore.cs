namespace Pix2Pix.ML;

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

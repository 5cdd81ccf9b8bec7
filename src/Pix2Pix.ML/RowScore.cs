namespace Pix2Pix.ML;

/// <summary>A score by which rows are sorted.</summary>
public enum RowScore
{
    /// <summary>The mean absolute difference: the lower the better.</summary>
    L1,

    /// <summary>The mean squared difference, and the peak signal-to-noise ratio: both sort alike.</summary>
    L2,

    /// <summary>The structural similarity: the higher the better.</summary>
    Ssim,

    /// <summary>The structural similarity over five scales: the higher the better. Rows that are too small for it come first.</summary>
    MultiScaleSsim,

    /// <summary>The share of pixels with the right label: the higher the better.</summary>
    LabelAccuracy,

    /// <summary>The mean intersection over union of the labels: the higher the better.</summary>
    MeanIou,
}

namespace Pix2Pix;

/// <summary>How images of any size become images to learn from. Both images of a pair end with one size.</summary>
public enum PreprocessingMode
{
    /// <summary>
    /// Cut to the generator's shape around the centre and resized to the load size, the generator's times
    /// <see cref="AugmentationOptions.LoadScale"/>, of which each step sees a crop. Stretched instead of cut where
    /// <see cref="PreprocessingOptions.InputKernel"/> is nearest.
    /// </summary>
    ResizeAndCrop,

    /// <summary>
    /// Kept at the input's own size, of which each step sees a crop: for large images whose details count. None may be smaller than the
    /// generator's size. A target of another resolution is resized to the input's.
    /// </summary>
    Crop,

    /// <summary>
    /// Scaled to the load width, whatever the height becomes, of which each step sees a crop. It must not become smaller than the
    /// generator's height.
    /// </summary>
    ScaleWidth,

    /// <summary>
    /// Taken as they are: all must have the generator's size, and <see cref="AugmentationOptions.LoadScale"/> is ignored.
    /// </summary>
    None,
}

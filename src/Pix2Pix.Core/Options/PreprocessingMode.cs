namespace Pix2Pix;

/// <summary>How images of any size are prepared for training. Both images of a pair end up with the same size.</summary>
public enum PreprocessingMode
{
    /// <summary>
    /// Cropped to the generator's shape around the center and resized to the load size, which is the generator's size times
    /// <see cref="AugmentationOptions.LoadScale"/>; each step uses a random crop. Stretched instead of cropped if
    /// <see cref="PreprocessingOptions.InputKernel"/> is nearest.
    /// </summary>
    ResizeAndCrop,

    /// <summary>
    /// Kept at the input's own size; each step uses a random crop. For large images whose details matter. No image may be smaller than the
    /// generator's size. A target of another resolution is resized to the input's.
    /// </summary>
    Crop,

    /// <summary>
    /// Scaled to the load width, with the height in proportion; each step uses a random crop. The height must not become smaller than the
    /// generator's height.
    /// </summary>
    ScaleWidth,

    /// <summary>
    /// Used unchanged: all images must have the generator's size, and <see cref="AugmentationOptions.LoadScale"/> is ignored.
    /// </summary>
    None,
}

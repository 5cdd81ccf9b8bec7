namespace Pix2Pix.Torch.Data;

/// <summary>How images of any size become images to learn from.</summary>
public enum PreprocessingMode
{
    /// <summary>Cut to the generator's shape around the centre and resized to the load size, of which each step sees a crop.</summary>
    ResizeAndCrop,

    /// <summary>Kept at their own size, of which each step sees a crop: for large images whose details count.</summary>
    Crop,

    /// <summary>Scaled to the load width, whatever the height becomes, of which each step sees a crop.</summary>
    ScaleWidth,

    /// <summary>Taken as they are: all must have the generator's size.</summary>
    None,
}

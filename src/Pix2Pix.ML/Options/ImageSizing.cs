namespace Pix2Pix;

/// <summary>How an image is brought to a size that the network accepts, and which size its translation has.</summary>
public enum ImageSizing
{
    /// <summary>
    /// Resized to the model's size and cropped around the center if the shape differs; the translation has the model's size. A saved
    /// pipeline does the same in an application without this package.
    /// </summary>
    ModelSize,

    /// <summary>
    /// Stretched to the model's size by <see cref="PreprocessingOptions.InputKernel"/>; the translation is stretched back by antialiased
    /// cubic convolution.
    /// </summary>
    StretchAndRestore,

    /// <summary>
    /// Translated as a whole at its own size: padded by mirroring at the right and the bottom to sides that the network accepts, and
    /// cropped afterward. Memory grows with the size of the image. If sizes differ much, the network receives details at another scale
    /// than in training.
    /// </summary>
    OriginalSize,

    /// <summary>
    /// Translated at its own size in tiles of the model's size, which overlap and are blended. Images can have any size; beyond both
    /// images, memory is needed for a strip as high as a tile.
    /// </summary>
    /// <remarks>
    /// Tiles that are each normalized by their own statistics would differ in contrast and color. Therefore all tiles share the running
    /// statistics if the model translates with these, or otherwise those of the whole image: the mean over its tiles, at most 64, evenly
    /// spaced over both sides.
    /// </remarks>
    Tiles,
}

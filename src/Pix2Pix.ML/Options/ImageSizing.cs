namespace Pix2Pix;

/// <summary>How an image comes to a size that the network takes, and which size its translation has.</summary>
public enum ImageSizing
{
    /// <summary>
    /// Resized to the model's size, cut around the centre where the shape differs; the translation has the model's size. As a saved
    /// pipeline does it in an application without this package.
    /// </summary>
    ModelSize,

    /// <summary>
    /// Stretched to the model's size by <see cref="PreprocessingOptions.InputKernel"/>; the translation is stretched back by
    /// antialiased cubic convolution.
    /// </summary>
    StretchAndRestore,

    /// <summary>
    /// Translated as a whole at its own size: mirrored at the right and at the bottom up to sides that the network takes, and cut off
    /// again. Memory goes with the size of the image. The network sees details at another scale than it learnt, where sizes differ much.
    /// </summary>
    OriginalSize,

    /// <summary>
    /// Translated at its own size in tiles of the model's size, which overlap and are blended; images of any size, with the memory of a
    /// strip as high as a tile beside that of both images.
    /// </summary>
    /// <remarks>
    /// Tiles that were normalized each by its own statistics would differ in contrast and colour. They share the running statistics, where
    /// the model translates with these, or else those of the whole image: the mean of those of its tiles, of 64 at most, spread
    /// evenly over both sides.
    /// </remarks>
    Tiles,
}

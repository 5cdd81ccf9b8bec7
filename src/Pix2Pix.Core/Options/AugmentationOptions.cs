namespace Pix2Pix;

/// <summary>How pairs are augmented in each step. Both images share one random draw, except for colors. Immutable.</summary>
public sealed record AugmentationOptions
{
    /// <summary>The paper's augmentation: crops of images that are 286/256 of the size, and mirroring.</summary>
    public static AugmentationOptions Default { get; } = new();

    /// <summary>No augmentation.</summary>
    public static AugmentationOptions None { get; } = new() { LoadScale = 1, Mirror = false };

    /// <summary>The size of the images before the crop, relative to the generator's size. Each step crops a random part.</summary>
    /// <value>The default is 286 / 256, as in the paper. 1 turns the crop off.</value>
    public double LoadScale { get; init => field = Guard.InRange(value, 1.0, 4.0); } = 286.0 / 256;

    /// <summary>Whether both images are mirrored left to right with a probability of one half.</summary>
    /// <value>The default is <see langword="true"/>.</value>
    public bool Mirror { get; init; } = true;

    /// <summary>Whether both images are rotated by 0, 90, 180 or 270 degrees, drawn for each step; for maps and textures.</summary>
    /// <value>The default is <see langword="false"/>.</value>
    /// <remarks>Requires a generator whose width and height are equal.</remarks>
    public bool RightAngles { get; init; }

    /// <summary>
    /// The largest random scale: both images are enlarged by a factor drawn from 1 to this value before the crop, each with its kernel of
    /// <see cref="PreprocessingOptions"/>.
    /// </summary>
    /// <value>The default is 1: off.</value>
    /// <remarks>If it is on, a data set on a GPU is moved back to the host, as with <see cref="InputColorJitter"/>.</remarks>
    public double MaxScale { get; init => field = Guard.InRange(value, 1.0, 4.0); } = 1;

    /// <summary>
    /// The largest random deviation of brightness, contrast and saturation from 1, for the input only: 0.2 means from 0.8 to 1.2. For
    /// photographs.
    /// </summary>
    /// <value>The default is 0: off.</value>
    /// <remarks>
    /// Blends the crop with black, with its mean luma, and each pixel with its own luma (0.299 R + 0.587 G + 0.114 B, ITU-R BT.601), in
    /// this order. RGB inputs support all three, gray inputs brightness and contrast; other inputs are not supported.
    /// </remarks>
    public double InputColorJitter { get; init => field = Guard.InRange(value, 0.0, 1.0); }
}

/// <summary>
/// Augmentations of all images that the discriminator receives, real and generated, to keep it from overfitting on a small data set (Zhao
/// et al. 2020, "Differentiable augmentation for data-efficient GAN training"). Each image has its own random draw; translation and cutout
/// are the same for its input image. The augmentations are differentiable, so the generator is trained through them.
/// </summary>
[Flags]
public enum DiscriminatorAugmentation
{
    /// <summary>No augmentation.</summary>
    None = 0,

    /// <summary>
    /// Brightness (plus or minus 0.5 for values in [-1, 1]), saturation (times 0 to 2) and contrast (times 0.5 to 1.5), of the target or
    /// translation only. Not supported for chroma and RGBA, whose channels differ in kind.
    /// </summary>
    Color = 1,

    /// <summary>A shift by up to an eighth of each side; the uncovered area is filled with gray.</summary>
    Translation = 2,

    /// <summary>A gray rectangle with half of each side, at any position, up to half outside of the image.</summary>
    Cutout = 4,
}

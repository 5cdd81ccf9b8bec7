namespace Pix2Pix;

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

namespace Pix2Pix;

/// <summary>
/// What is done to all that the discriminator sees, real or not, so that it cannot learn a small set by heart (Zhao et al. 2020,
/// "Differentiable augmentation for data-efficient GAN training"). Each image has its own draw; shift and square are the same for
/// the input image beside it. The generator learns through it, too.
/// </summary>
[Flags]
public enum DiscriminatorAugmentation
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>
    /// Brightness (plus or minus 0.5 of values in [-1, 1]), saturation (times 0 to 2) and contrast (times 0.5 to 1.5), of the image to
    /// judge alone. Not of chroma and RGBA, whose channels are not of one kind.
    /// </summary>
    Color = 1,

    /// <summary>A shift by up to an eighth of each side; grey moves in.</summary>
    Translation = 2,

    /// <summary>A grey rectangle of half of each side, anywhere, also half outside.</summary>
    Cutout = 4,
}

namespace Pix2Pix.Torch.Data;

/// <summary>
/// What is done to all that the discriminator sees, real or not, so that it cannot learn a small set by heart (Zhao et al. 2020,
/// "Differentiable augmentation for data-efficient GAN training").
/// </summary>
[Flags]
public enum DiscriminatorAugmentation
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>Brightness, saturation and contrast.</summary>
    Color = 1,

    /// <summary>A shift by up to an eighth of each side.</summary>
    Translation = 2,

    /// <summary>A grey square of half the side.</summary>
    Cutout = 4,
}

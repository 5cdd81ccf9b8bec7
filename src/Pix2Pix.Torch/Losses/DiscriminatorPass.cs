namespace Pix2Pix.Torch.Losses;

/// <summary>The forward passes of the discriminator in a step, in order. Each has its own draw of the augmentation.</summary>
internal enum DiscriminatorPass
{
    /// <summary>The target, in the discriminator's update.</summary>
    Target,

    /// <summary>The translation, or an earlier one, in the discriminator's update.</summary>
    Fake,

    /// <summary>An interpolation between target and translation, for the gradient penalty.</summary>
    Between,

    /// <summary>The translation in the generator's update, and the target that it is compared with.</summary>
    Judged,
}

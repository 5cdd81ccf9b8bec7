namespace Pix2Pix.Torch.Losses;

/// <summary>What the discriminator is shown in a step, one after the other: each has its own draw of the augmentation.</summary>
internal enum DiscriminatorPass
{
    /// <summary>The target, for the discriminator to learn.</summary>
    Target,

    /// <summary>The translation, or an earlier one, for the discriminator to learn.</summary>
    Fake,

    /// <summary>Between target and translation, for the gradient penalty.</summary>
    Between,

    /// <summary>The translation, for the generator to learn; and the target that it is compared with.</summary>
    Judged,
}

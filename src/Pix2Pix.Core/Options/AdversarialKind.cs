namespace Pix2Pix;

/// <summary>The kinds of adversarial loss. With each of them, a step updates the discriminator once, then the generator once.</summary>
public enum AdversarialKind
{
    /// <summary>
    /// Cross entropy, non-saturating: the paper's choice (Goodfellow et al. 2014; Isola et al. 2017, section 3.3). If the discriminator
    /// cannot tell real from generated images, its loss and the generator's are ln 2 = 0.69.
    /// </summary>
    Vanilla,

    /// <summary>
    /// Least squares (Mao et al. 2017). If the discriminator cannot tell real from generated images, both losses are 0.25.
    /// </summary>
    LeastSquares,

    /// <summary>
    /// Hinge (Lim and Ye 2017; Miyato et al. 2018). If the discriminator cannot tell real from generated images, its loss is 2 and the
    /// generator's is 0; the generator's loss can be negative.
    /// </summary>
    Hinge,

    /// <summary>
    /// The Wasserstein distance with gradient penalty (Gulrajani et al. 2017). If the discriminator cannot tell real from generated images,
    /// its loss is 0; the amount below 0 is its estimate of the distance. The generator's loss can be negative and has no meaning on its
    /// own.
    /// </summary>
    /// <remarks>
    /// The penalty is computed per image: the discriminator must not use batch normalization. The paper updates the discriminator five
    /// times per generator step; here, as in pix2pix, it is updated once.
    /// </remarks>
    WassersteinGradientPenalty,
}

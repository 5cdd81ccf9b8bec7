namespace Pix2Pix;

/// <summary>
/// The game that generator and discriminator play. In all of them the discriminator learns once a step, then the generator once.
/// </summary>
public enum AdversarialKind
{
    /// <summary>
    /// Cross entropy, non-saturating: the paper's choice (Goodfellow et al. 2014; Isola et al. 2017, section 3.3). Where the
    /// discriminator knows nothing, it and the generator lose ln 2 = 0.69.
    /// </summary>
    Vanilla,

    /// <summary>Least squares (Mao et al. 2017). Where the discriminator knows nothing, it and the generator lose 0.25.</summary>
    LeastSquares,

    /// <summary>
    /// Hinge (Lim and Ye 2017; Miyato et al. 2018). Where the discriminator knows nothing, it loses 2 and the generator 0; the generator's
    /// loss has either sign.
    /// </summary>
    Hinge,

    /// <summary>
    /// The Wasserstein distance with gradient penalty (Gulrajani et al. 2017). Where the discriminator knows nothing, it loses 0; what
    /// its loss falls below 0 is the distance that it sees. The generator's loss has either sign and no meaning of its own.
    /// </summary>
    /// <remarks>
    /// The penalty is of each image by itself: the discriminator must not have batch normalization. The paper teaches the discriminator
    /// five times for each step of the generator; here, as in pix2pix, it is once.
    /// </remarks>
    WassersteinGradientPenalty,
}

namespace Pix2Pix.Torch.Losses;

/// <summary>The game that generator and discriminator play.</summary>
public enum AdversarialKind
{
    /// <summary>Cross entropy, non-saturating: the paper's choice (Goodfellow et al. 2014; Isola et al. 2017, section 3.3).</summary>
    Vanilla,

    /// <summary>Least squares (Mao et al. 2017).</summary>
    LeastSquares,

    /// <summary>Hinge (Lim and Ye 2017; Miyato et al. 2018).</summary>
    Hinge,

    /// <summary>The Wasserstein distance with gradient penalty (Gulrajani et al. 2017).</summary>
    WassersteinGradientPenalty,
}

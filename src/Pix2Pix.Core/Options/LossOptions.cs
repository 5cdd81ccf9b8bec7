namespace Pix2Pix;

/// <summary>The kind of adversarial loss and the terms of the generator's loss. A weight of 0 turns a term off. Immutable.</summary>
public sealed record LossOptions
{
    /// <summary>The paper's losses: vanilla, and L1 with a weight of 100.</summary>
    public static LossOptions Default { get; } = new();

    /// <summary>The kind of adversarial loss.</summary>
    /// <value>The default is <see cref="AdversarialKind.Vanilla"/>.</value>
    public AdversarialKind Adversarial { get; init => field = Guard.Defined(value); } = AdversarialKind.Vanilla;

    /// <summary>
    /// The weight of the adversarial loss in the generator's loss. If 0, there is no adversarial loss, and the discriminator is neither
    /// evaluated nor trained.
    /// </summary>
    /// <value>The default is 1.</value>
    public double AdversarialWeight { get; init => field = Guard.InRange(value, 0.0, 1e6); } = 1;

    /// <summary>The weight of the mean absolute difference (lambda in the paper).</summary>
    /// <value>The default is 100.</value>
    public double L1Weight { get; init => field = Guard.InRange(value, 0.0, 1e6); } = 100;

    /// <summary>The weight of the mean squared difference.</summary>
    /// <value>The default is 0.</value>
    public double L2Weight { get; init => field = Guard.InRange(value, 0.0, 1e6); }

    /// <summary>
    /// The weight of the feature matching loss: the mean absolute difference between the discriminator's feature maps of target and
    /// translation (Wang et al. 2018, "High-resolution image synthesis and semantic manipulation with conditional GANs", section 3.2, which
    /// uses 10).
    /// </summary>
    /// <value>The default is 0.</value>
    /// <remarks>
    /// It is added to L1 and does not replace it. It requires an adversarial loss, and costs one more discriminator pass per step: target
    /// and translation are compared with the same discriminator weights.
    /// </remarks>
    public double FeatureMatchingWeight { get; init => field = Guard.InRange(value, 0.0, 1e6); }

    /// <summary>The weight of the gradient penalty.</summary>
    /// <value>The default is 10, as in Gulrajani et al. 2017.</value>
    /// <remarks>
    /// Ignored for all adversarial losses except <see cref="AdversarialKind.WassersteinGradientPenalty"/>, which requires it.
    /// </remarks>
    public double GradientPenaltyWeight { get; init => field = Guard.InRange(value, 0.0, 1e6); } = 10;
}

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

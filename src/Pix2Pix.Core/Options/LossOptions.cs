namespace Pix2Pix;

/// <summary>The parts of the generator's loss, and the game. A weight of 0 turns its part off. Immutable.</summary>
public sealed record LossOptions
{
    /// <summary>The paper's: vanilla, and L1 times 100.</summary>
    public static LossOptions Default { get; } = new();

    /// <summary>The game.</summary>
    /// <value>The default is <see cref="AdversarialKind.Vanilla"/>.</value>
    public AdversarialKind Adversarial { get; init => field = Guard.Defined(value); } = AdversarialKind.Vanilla;

    /// <summary>
    /// The weight of the adversarial loss in the generator's. 0: there is no game, and the discriminator is neither asked nor trained.
    /// </summary>
    /// <value>The default is 1.</value>
    public double AdversarialWeight { get; init => field = Guard.InRange(value, 0.0, 1e6); } = 1;

    /// <summary>Lambda: the weight of the mean absolute difference.</summary>
    /// <value>The default is 100.</value>
    public double L1Weight { get; init => field = Guard.InRange(value, 0.0, 1e6); } = 100;

    /// <summary>The weight of the mean squared difference.</summary>
    /// <value>The default is 0.</value>
    public double L2Weight { get; init => field = Guard.InRange(value, 0.0, 1e6); }

    /// <summary>
    /// The weight of the mean absolute difference between the discriminator's maps of target and translation (Wang et al. 2018,
    /// "High-resolution image synthesis and semantic manipulation with conditional GANs", section 3.2), which has 10.
    /// </summary>
    /// <value>The default is 0.</value>
    /// <remarks>
    /// Beside L1, not in its place. It needs a game to be played, and costs one more pass of the discriminator a step: target and
    /// translation are compared as one and the same discriminator sees them.
    /// </remarks>
    public double FeatureMatchingWeight { get; init => field = Guard.InRange(value, 0.0, 1e6); }

    /// <summary>The weight of the gradient penalty.</summary>
    /// <value>The default is 10, as in Gulrajani et al. 2017.</value>
    /// <remarks>
    /// Ignored by all games but <see cref="AdversarialKind.WassersteinGradientPenalty"/>, which cannot do without it.
    /// </remarks>
    public double GradientPenaltyWeight { get; init => field = Guard.InRange(value, 0.0, 1e6); } = 10;
}

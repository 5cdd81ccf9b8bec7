using static TorchSharp.torch;

namespace Pix2Pix.Torch.Losses;

/// <summary>
/// The Wasserstein loss (Arjovsky et al. 2017; Gulrajani et al. 2017, equation 3, first part). The second part of the equation is
/// <see cref="GradientPenalty"/>.
/// </summary>
internal sealed class WassersteinLoss : AdversarialLoss
{
    /// <param name="gradientPenaltyWeight">Lambda of the equation.</param>
    public WassersteinLoss(double gradientPenaltyWeight) => GradientPenaltyWeight = gradientPenaltyWeight;

    public override double GradientPenaltyWeight { get; }

    /// <summary>
    /// D(x, G(x)) - D(x, y). 0 if D is undecided; negative values are minus the distance estimated by D. Not halved.
    /// </summary>
    protected override Tensor Discriminator(Tensor real, Tensor fake) => fake.mean() - real.mean();

    /// <summary>-D(x, G(x)), of either sign. Its zero has no meaning, because D may shift all logits by a constant.</summary>
    protected override Tensor Generator(Tensor fake) => -fake.mean();
}

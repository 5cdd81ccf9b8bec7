using static TorchSharp.torch;

namespace Pix2Pix.Torch.Losses;

/// <summary>
/// The Wasserstein distance (Arjovsky et al. 2017; Gulrajani et al. 2017, equation 3, first part). Its second part is
/// <see cref="GradientPenalty"/>.
/// </summary>
internal sealed class WassersteinLoss : AdversarialLoss
{
    /// <param name="gradientPenaltyWeight">Lambda of the equation.</param>
    public WassersteinLoss(double gradientPenaltyWeight) => GradientPenaltyWeight = gradientPenaltyWeight;

    public override double GradientPenaltyWeight { get; }

    /// <summary>D(x, G(x)) - D(x, y): 0 where D knows nothing, below it minus the distance as D sees it. Not halved.</summary>
    protected override Tensor Discriminator(Tensor real, Tensor fake) => fake.mean() - real.mean();

    /// <summary>-D(x, G(x)): of either sign; its zero means nothing, since D may shift all its logits alike.</summary>
    protected override Tensor Generator(Tensor fake) => -fake.mean();
}

using static TorchSharp.torch;

namespace Pix2Pix.Torch.Losses;

/// <summary>
/// The hinge loss (Lim and Ye 2017; Miyato et al. 2018). Real logits above 1 and generated logits below -1 do not contribute to the
/// discriminator's gradient.
/// </summary>
internal sealed class HingeLoss : AdversarialLoss
{
    /// <summary>max(0, 1 - D(x, y)) + max(0, 1 + D(x, G(x))); 2 if D is undecided (all logits 0). Not halved, as in the papers.</summary>
    protected override Tensor Discriminator(Tensor real, Tensor fake) => (-real).Plus(1).relu().mean().Plus(fake.Plus(1).relu().mean());

    /// <summary>-D(x, G(x)), of either sign; 0 if the logits are 0.</summary>
    protected override Tensor Generator(Tensor fake) => -fake.mean();
}

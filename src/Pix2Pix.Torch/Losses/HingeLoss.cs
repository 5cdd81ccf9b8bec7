using static TorchSharp.torch;

namespace Pix2Pix.Torch.Losses;

/// <summary>Hinge (Lim and Ye 2017; Miyato et al. 2018): only logits inside of the margin [-1, 1] teach the discriminator.</summary>
internal sealed class HingeLoss : AdversarialLoss
{
    /// <summary>max(0, 1 - D(x, y)) + max(0, 1 + D(x, G(x))); 2 where D knows nothing and says 0. Not halved, as in the papers.</summary>
    protected override Tensor Discriminator(Tensor real, Tensor fake) => (-real).Plus(1).relu().mean().Plus(fake.Plus(1).relu().mean());

    /// <summary>-D(x, G(x)): of either sign, 0 where D says 0.</summary>
    protected override Tensor Generator(Tensor fake) => -fake.mean();
}

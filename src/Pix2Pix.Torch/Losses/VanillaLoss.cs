using static TorchSharp.torch;

namespace Pix2Pix.Torch.Losses;

/// <summary>
/// Cross entropy (Goodfellow et al. 2014, equation 1), with the non-saturating form for the generator (Isola et al. 2017, section 3.3:
/// maximize log D(x, G(x))). D returns logits, so -log D = softplus(-logit), which is stable for any logit.
/// </summary>
internal sealed class VanillaLoss : AdversarialLoss
{
    /// <summary>
    /// -1/2 (log D(x, y) + log(1 - D(x, G(x)))). The factor of 1/2 slows D down relative to G (Isola et al. 2017, section 3.3).
    /// ln 2 = 0.69 if D is undecided.
    /// </summary>
    protected override Tensor Discriminator(Tensor real, Tensor fake) => MinusLogSigmoid(real).Plus(MinusLogSigmoid(-fake)).Times(0.5);

    /// <summary>-log D(x, G(x)); ln 2 = 0.69 if D is undecided.</summary>
    protected override Tensor Generator(Tensor fake) => MinusLogSigmoid(fake);

    // functional.softplus is the identity beyond its threshold of 20, which would change the last bits of float64.
    private static Tensor MinusLogSigmoid(Tensor logits) => -nn.functional.logsigmoid(logits).mean();
}

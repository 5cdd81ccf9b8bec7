using static TorchSharp.torch;

namespace Pix2Pix.Torch.Losses;

/// <summary>
/// Cross entropy (Goodfellow et al. 2014, equation 1), with the non-saturating form for the generator (Isola et al. 2017, section 3.3:
/// maximize log D(x, G(x))). D gives logits, so -log D = softplus(-logit), stable for any logit.
/// </summary>
internal sealed class VanillaLoss : AdversarialLoss
{
    /// <summary>
    /// -1/2 (log D(x, y) + log(1 - D(x, G(x)))). The half slows D down against G (Isola et al. 2017, section 3.3). ln 2 = 0.69 where D
    /// knows nothing.
    /// </summary>
    protected override Tensor Discriminator(Tensor real, Tensor fake) => MinusLogSigmoid(real).Plus(MinusLogSigmoid(-fake)).Times(0.5);

    /// <summary>-log D(x, G(x)); ln 2 = 0.69 where D knows nothing.</summary>
    protected override Tensor Generator(Tensor fake) => MinusLogSigmoid(fake);

    // Not functional.softplus: beyond its threshold of 20 it is the identity, which changes the last bits of float64.
    private static Tensor MinusLogSigmoid(Tensor logits) => -nn.functional.logsigmoid(logits).mean();
}

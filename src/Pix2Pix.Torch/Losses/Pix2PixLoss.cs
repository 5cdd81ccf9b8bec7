using static TorchSharp.torch;

namespace Pix2Pix.Torch.Losses;

/// <summary>
/// The objective of Isola et al. 2017, equations 1 to 4: arg min_G max_D L_cGAN(G, D) + lambda L1(G), with the non-saturating form for
/// the generator (section 3.3: maximize log D(x, G(x))). D gives logits, so -log D = softplus(-logit), stable for any logit.
/// </summary>
internal sealed class Pix2PixLoss
{
    private readonly double _l1Weight;

    /// <param name="l1Weight">Lambda.</param>
    public Pix2PixLoss(double l1Weight) => _l1Weight = l1Weight;

    /// <summary>
    /// -1/2 (log D(x, y) + log(1 - D(x, G(x)))), a mean over patches and images. The half slows D down against G (section 3.3).
    /// </summary>
    /// <param name="real">D's logits for real pairs, any shape.</param>
    /// <param name="fake">D's logits for generated ones, same shape.</param>
    /// <returns>A scalar.</returns>
    public Tensor Discriminator(Tensor real, Tensor fake) => (MinusLogSigmoid(real) + MinusLogSigmoid(-fake)).Times(0.5);

    /// <summary>-log D(x, G(x)), a mean over patches and images.</summary>
    /// <returns>A scalar.</returns>
    public Tensor GeneratorAdversarial(Tensor fake) => MinusLogSigmoid(fake);

    /// <summary>The mean absolute difference, unweighted, of images in [-1, 1].</summary>
    /// <returns>A scalar.</returns>
    public Tensor L1(Tensor image, Tensor target) => nn.functional.l1_loss(image, target);

    /// <summary>-log D(x, G(x)) + lambda L1(G).</summary>
    /// <returns>A scalar.</returns>
    public Tensor Generator(Tensor adversarial, Tensor l1) => adversarial + l1.Times(_l1Weight);

    // Not functional.softplus: beyond its threshold of 20 it is the identity, which changes the last bits of float64.
    private static Tensor MinusLogSigmoid(Tensor logits) => -nn.functional.logsigmoid(logits).mean();
}

using Pix2Pix.Torch.Networks;
using static TorchSharp.torch;

namespace Pix2Pix.Torch.Losses;

/// <summary>
/// The adversarial loss of discriminator and generator, computed from the discriminator's logits. A derived class defines it for one
/// scale; with several scales it is the mean over scales, so that values remain comparable.
/// </summary>
internal abstract class AdversarialLoss
{
    /// <summary>The discriminator's loss if it cannot distinguish real from generated images.</summary>
    public abstract double ChanceLevel { get; }

    /// <summary>
    /// The level below which the discriminator's loss is close to its minimum, so that the generator learns little from it; null if the loss
    /// has no minimum.
    /// </summary>
    public abstract double? CollapseThreshold { get; }

    /// <summary>Creates the adversarial loss that the options specify.</summary>
    public static AdversarialLoss Create(LossOptions options) => options.Adversarial switch
    {
        AdversarialKind.Vanilla => new VanillaLoss(),
        AdversarialKind.LeastSquares => new LeastSquaresLoss(),
        AdversarialKind.Hinge => new HingeLoss(),
        AdversarialKind.WassersteinGradientPenalty => new WassersteinLoss(),
        _ => throw new ArgumentOutOfRangeException(nameof(options), options.Adversarial, "Unknown adversarial loss."),
    };

    /// <summary>Returns the discriminator's loss, the mean over scales.</summary>
    /// <returns>A scalar.</returns>
    public Tensor Discriminator(DiscriminatorOutput real, DiscriminatorOutput fake) => Mean(real.Logits.Zip(fake.Logits, Discriminator));

    /// <summary>Returns the generator's loss, the mean over scales.</summary>
    /// <returns>A scalar.</returns>
    public Tensor Generator(DiscriminatorOutput fake) => Mean(fake.Logits.Select(Generator));

    /// <summary>The discriminator's loss on one scale, a mean over patches and images.</summary>
    /// <param name="real">Logits of real pairs, (N, 1, h, w).</param>
    /// <param name="fake">Logits of generated pairs, same shape.</param>
    protected abstract Tensor Discriminator(Tensor real, Tensor fake);

    /// <summary>The generator's loss on one scale, a mean over patches and images.</summary>
    /// <param name="fake">Logits of generated pairs, (N, 1, h, w).</param>
    protected abstract Tensor Generator(Tensor fake);

    private static Tensor Mean(IEnumerable<Tensor> scales) => stack(scales).mean();
}

/// <summary>
/// Cross entropy (Goodfellow et al. 2014, equation 1), with the non-saturating form for the generator (Isola et al. 2017, section 3.3:
/// maximize log D(x, G(x))). D returns logits, so -log D = softplus(-logit), which is stable for any logit.
/// </summary>
internal sealed class VanillaLoss : AdversarialLoss
{
    public override double ChanceLevel => Math.Log(2);

    public override double? CollapseThreshold => 0.05;

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

/// <summary>The least squares loss (Mao et al. 2017), with a target of 1 for the logits of real pairs and 0 for generated pairs.</summary>
internal sealed class LeastSquaresLoss : AdversarialLoss
{
    public override double ChanceLevel => 0.25;

    public override double? CollapseThreshold => 0.02;

    /// <summary>1/2 ((D(x, y) - 1)^2 + D(x, G(x))^2); 1/4 if D is undecided and all logits are 1/2.</summary>
    protected override Tensor Discriminator(Tensor real, Tensor fake) => MeanSquare(real.Plus(-1)).Plus(MeanSquare(fake)).Times(0.5);

    /// <summary>
    /// (D(x, G(x)) - 1)^2; 1/4 if the logits are 1/2. Omits the paper's factor of 1/2, as the public implementations do, so that the
    /// weight of L1 keeps its meaning.
    /// </summary>
    protected override Tensor Generator(Tensor fake) => MeanSquare(fake.Plus(-1));

    private static Tensor MeanSquare(Tensor x) => x.Squared().mean();
}

/// <summary>
/// The hinge loss (Lim and Ye 2017; Miyato et al. 2018). Real logits above 1 and generated logits below -1 do not contribute to the
/// discriminator's gradient.
/// </summary>
internal sealed class HingeLoss : AdversarialLoss
{
    public override double ChanceLevel => 2;

    public override double? CollapseThreshold => 0.15;

    /// <summary>max(0, 1 - D(x, y)) + max(0, 1 + D(x, G(x))); 2 if D is undecided (all logits 0). Not halved, as in the papers.</summary>
    protected override Tensor Discriminator(Tensor real, Tensor fake) => (-real).Plus(1).relu().mean().Plus(fake.Plus(1).relu().mean());

    /// <summary>-D(x, G(x)), of either sign; 0 if the logits are 0.</summary>
    protected override Tensor Generator(Tensor fake) => -fake.mean();
}

/// <summary>
/// The Wasserstein loss (Arjovsky et al. 2017; Gulrajani et al. 2017, equation 3, first part). The second part of the equation is
/// <see cref="GradientPenalty"/>.
/// </summary>
internal sealed class WassersteinLoss : AdversarialLoss
{
    public override double ChanceLevel => 0;

    public override double? CollapseThreshold => null; // the loss of the critic has no minimum

    /// <summary>
    /// D(x, G(x)) - D(x, y). 0 if D is undecided; negative values are minus the distance estimated by D. Not halved.
    /// </summary>
    protected override Tensor Discriminator(Tensor real, Tensor fake) => fake.mean() - real.mean();

    /// <summary>-D(x, G(x)), of either sign. Its zero has no meaning, because D may shift all logits by a constant.</summary>
    protected override Tensor Generator(Tensor fake) => -fake.mean();
}

/// <summary>
/// The gradient penalty of Gulrajani et al. 2017, equation 3, second part: (|grad D(x, between)| - 1)^2, averaged over images. For each
/// image, between is a point on the line from translation to target. The input image is a condition; its gradient is not included.
/// </summary>
/// <remarks>
/// The paper's D returns one number per image. A PatchGAN returns many; the penalty uses their mean over patches and scales, as the
/// corresponding loss does. (A sum over patches, as in some implementations, would constrain D more strongly for larger images.)
/// </remarks>
internal static class GradientPenalty
{
    /// <summary>
    /// Draws the weight of the target in each interpolation, uniform in [0, 1): (N, 1, 1, 1). The values are the same on all devices.
    /// </summary>
    public static Tensor Shares(Tensor images, int seed)
    {
        var random = new Random(seed);
        var shares = new double[images.shape[0]];
        for (var i = 0; i < shares.Length; i++)
            shares[i] = random.NextDouble();
        return tensor(shares, [shares.Length, 1, 1, 1], images.dtype).MovedTo(images.device);
    }

    /// <summary>Computes the penalty. Gradients flow to the discriminator's parameters.</summary>
    /// <param name="discriminate">The discriminator, conditioned on the input images.</param>
    /// <param name="target">(N, C, H, W).</param>
    /// <param name="fake">(N, C, H, W), detached.</param>
    /// <param name="shares">(N, 1, 1, 1), see <see cref="Shares"/>.</param>
    /// <returns>A scalar; 1 if the output of D is the same for all images.</returns>
    public static Tensor Of(Func<Tensor, DiscriminatorOutput> discriminate, Tensor target, Tensor fake, Tensor shares)
    {
        var between = fake.Plus(shares * (target - fake)).requires_grad_();
        var outputs = stack(discriminate(between).Logits.Select(logits => logits.mean([1, 2, 3]))).mean([0]); // (N)

        // Each number depends only on its own image, so the gradient of the sum contains the gradient of each.
        // TorchSharp frees the graph by default, even if the graph of the gradient needs it.
        var gradient = autograd.grad([outputs.sum()], [between], retain_graph: true, create_graph: true)[0]; // (N, C, H, W)
        return gradient.flatten(1).norm(dim: 1).Plus(-1).Squared().mean();
    }
}

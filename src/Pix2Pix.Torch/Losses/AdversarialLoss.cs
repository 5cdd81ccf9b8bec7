using Pix2Pix.Torch.Networks;
using static TorchSharp.torch;

namespace Pix2Pix.Torch.Losses;

/// <summary>
/// The adversarial loss of discriminator and generator, computed from the discriminator's logits. A derived class defines it for one
/// scale; with several scales it is the mean over scales, so that values remain comparable.
/// </summary>
internal abstract class AdversarialLoss
{
    /// <summary>The weight of the gradient penalty in the discriminator's loss; 0 for losses without one.</summary>
    public virtual double GradientPenaltyWeight => 0;

    /// <summary>Creates the adversarial loss that the options specify.</summary>
    public static AdversarialLoss Create(LossOptions options) => options.Adversarial switch
    {
        AdversarialKind.Vanilla => new VanillaLoss(),
        AdversarialKind.LeastSquares => new LeastSquaresLoss(),
        AdversarialKind.Hinge => new HingeLoss(),
        AdversarialKind.WassersteinGradientPenalty => new WassersteinLoss(options.GradientPenaltyWeight),
        _ => throw new ArgumentOutOfRangeException(nameof(options), options.Adversarial, "Not an adversarial loss."),
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

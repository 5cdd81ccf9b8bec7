using Pix2Pix.Torch.Networks;
using static TorchSharp.torch;

namespace Pix2Pix.Torch.Losses;

/// <summary>
/// The game: what discriminator and generator lose by the discriminator's logits. A descendant says it for the logits of one scale;
/// with several scales it is their mean, so that the number means the same.
/// </summary>
internal abstract class AdversarialLoss
{
    /// <summary>The weight of the gradient penalty in the discriminator's loss; 0 for games without one.</summary>
    public virtual double GradientPenaltyWeight => 0;

    /// <summary>The game that the options name.</summary>
    public static AdversarialLoss Create(LossOptions options) => options.Adversarial switch
    {
        AdversarialKind.Vanilla => new VanillaLoss(),
        AdversarialKind.LeastSquares => new LeastSquaresLoss(),
        AdversarialKind.Hinge => new HingeLoss(),
        AdversarialKind.WassersteinGradientPenalty => new WassersteinLoss(options.GradientPenaltyWeight),
        _ => throw new ArgumentOutOfRangeException(nameof(options), options.Adversarial, "Not a game."),
    };

    /// <summary>What the discriminator is to lower: the mean over scales.</summary>
    /// <returns>A scalar.</returns>
    public Tensor Discriminator(DiscriminatorOutput real, DiscriminatorOutput fake) => Mean(real.Logits.Zip(fake.Logits, Discriminator));

    /// <summary>What the generator is to lower: the mean over scales.</summary>
    /// <returns>A scalar.</returns>
    public Tensor Generator(DiscriminatorOutput fake) => Mean(fake.Logits.Select(Generator));

    /// <summary>The discriminator's loss on one scale, a mean over patches and images.</summary>
    /// <param name="real">Logits of real pairs, (N, 1, h, w).</param>
    /// <param name="fake">Logits of generated ones, same shape.</param>
    protected abstract Tensor Discriminator(Tensor real, Tensor fake);

    /// <summary>The generator's loss on one scale, a mean over patches and images.</summary>
    /// <param name="fake">Logits of generated pairs, (N, 1, h, w).</param>
    protected abstract Tensor Generator(Tensor fake);

    private static Tensor Mean(IEnumerable<Tensor> scales) => stack(scales).mean();
}

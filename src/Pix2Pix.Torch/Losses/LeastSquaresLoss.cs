using static TorchSharp.torch;

namespace Pix2Pix.Torch.Losses;

/// <summary>The least squares loss (Mao et al. 2017), with a target of 1 for the logits of real pairs and 0 for generated pairs.</summary>
internal sealed class LeastSquaresLoss : AdversarialLoss
{
    /// <summary>1/2 ((D(x, y) - 1)^2 + D(x, G(x))^2); 1/4 if D is undecided and all logits are 1/2.</summary>
    protected override Tensor Discriminator(Tensor real, Tensor fake) => MeanSquare(real.Plus(-1)).Plus(MeanSquare(fake)).Times(0.5);

    /// <summary>
    /// (D(x, G(x)) - 1)^2; 1/4 if the logits are 1/2. Omits the paper's factor of 1/2, as the public implementations do, so that the
    /// weight of L1 keeps its meaning.
    /// </summary>
    protected override Tensor Generator(Tensor fake) => MeanSquare(fake.Plus(-1));

    private static Tensor MeanSquare(Tensor x) => x.Squared().mean();
}

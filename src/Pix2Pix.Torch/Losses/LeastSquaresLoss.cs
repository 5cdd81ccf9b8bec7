using static TorchSharp.torch;

namespace Pix2Pix.Torch.Losses;

/// <summary>Least squares (Mao et al. 2017): the logits are to be 1 for real pairs, 0 for generated ones.</summary>
internal sealed class LeastSquaresLoss : AdversarialLoss
{
    /// <summary>1/2 ((D(x, y) - 1)^2 + D(x, G(x))^2); 1/4 where D knows nothing and says 1/2.</summary>
    protected override Tensor Discriminator(Tensor real, Tensor fake) => MeanSquare(real.Plus(-1)).Plus(MeanSquare(fake)).Times(0.5);

    /// <summary>
    /// (D(x, G(x)) - 1)^2; 1/4 where D says 1/2. Without the paper's half, as the public implementations have it: the weight of L1
    /// keeps its meaning.
    /// </summary>
    protected override Tensor Generator(Tensor fake) => MeanSquare(fake.Plus(-1));

    private static Tensor MeanSquare(Tensor x) => x.Squared().mean();
}

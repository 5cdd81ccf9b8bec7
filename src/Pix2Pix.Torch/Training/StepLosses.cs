namespace Pix2Pix.Torch.Training;

/// <summary>The losses of one step: means over its batch, before the step's update of the network that each belongs to.</summary>
/// <param name="Discriminator">-1/2 (log D(x, y) + log(1 - D(x, G(x)))); ln 2 = 0.69 where D knows nothing.</param>
/// <param name="Adversarial">-log D(x, G(x)), the generator's part of the game.</param>
/// <param name="L1">The mean absolute difference between translation and target, unweighted, of values in [-1, 1].</param>
public readonly record struct StepLosses(double Discriminator, double Adversarial, double L1)
{
    /// <summary>Whether all three are finite.</summary>
    public bool AreFinite => double.IsFinite(Discriminator) && double.IsFinite(Adversarial) && double.IsFinite(L1);
}

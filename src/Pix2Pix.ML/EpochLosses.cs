namespace Pix2Pix.ML;

/// <summary>The mean losses of an epoch, over its steps so far in this process; the losses of a single batch fluctuate.</summary>
internal sealed class EpochLosses
{
    private StepLosses _sum;
    private int _epoch;
    private int _steps;

    /// <summary>Adds a step.</summary>
    /// <returns>The means including the step.</returns>
    public StepLosses After(TrainingProgress progress)
    {
        if (progress.Epoch != _epoch)
            (_sum, _epoch, _steps) = (default, progress.Epoch, 0);
        _steps++;
        _sum = Each(_sum, progress.Losses, (sum, loss) => sum + loss);
        return Each(_sum, default, (sum, _) => sum / _steps);
    }

    private static StepLosses Each(StepLosses one, StepLosses other, Func<double, double, double> join) => new()
    {
        Discriminator = join(one.Discriminator, other.Discriminator),
        GradientPenalty = join(one.GradientPenalty, other.GradientPenalty),
        Adversarial = join(one.Adversarial, other.Adversarial),
        FeatureMatching = join(one.FeatureMatching, other.FeatureMatching),
        L1 = join(one.L1, other.L1),
        L2 = join(one.L2, other.L2),
    };
}

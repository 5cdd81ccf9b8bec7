namespace Pix2Pix.ML;

/// <summary>The means of an epoch's losses, over its steps so far in this process: those of one batch jump.</summary>
internal sealed class EpochLosses
{
    private StepLosses _sum;
    private int _epoch;
    private int _steps;

    /// <summary>Takes a step in.</summary>
    /// <returns>The means with it.</returns>
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

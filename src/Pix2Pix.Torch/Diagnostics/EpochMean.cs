namespace Pix2Pix.Torch.Diagnostics;

/// <summary>The mean L1 of each epoch, scaled to 0 to 1 like the scores.</summary>
internal sealed class EpochMean
{
    private double _sum;
    private long _steps;

    /// <summary>The epoch's mean if this step is its last one, otherwise null.</summary>
    public double? After(TrainingProgress progress)
    {
        _sum += progress.Losses.L1 / 2; // of values in [-1, 1]
        _steps++;
        if (!progress.EndsEpoch)
            return null;
        var mean = _sum / _steps;
        (_sum, _steps) = (0, 0);
        return mean;
    }
}

namespace Pix2Pix.Torch.Optimization;

/// <summary>A rate that is multiplied by a factor at regular intervals of steps.</summary>
internal sealed class StepSchedule : LearningRateSchedule
{
    private readonly double _rate;
    private readonly double _factor;
    private readonly long _every;

    /// <param name="rate">The initial rate.</param>
    /// <param name="factor">The factor of each reduction.</param>
    /// <param name="every">The number of steps between two reductions.</param>
    public StepSchedule(double rate, double factor, long every)
    {
        _rate = rate;
        _factor = factor;
        _every = every;
    }

    public override double At(long step) => _rate * Math.Pow(_factor, step / _every);
}

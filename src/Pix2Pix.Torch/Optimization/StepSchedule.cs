namespace Pix2Pix.Torch.Optimization;

/// <summary>A rate that is multiplied by a factor every so many steps.</summary>
internal sealed class StepSchedule : LearningRateSchedule
{
    private readonly double _rate;
    private readonly double _factor;
    private readonly long _every;

    /// <param name="rate">The rate at the start.</param>
    /// <param name="factor">What it is multiplied by at a fall.</param>
    /// <param name="every">Steps between two falls.</param>
    public StepSchedule(double rate, double factor, long every)
    {
        _rate = rate;
        _factor = factor;
        _every = every;
    }

    public override double At(long step) => _rate * Math.Pow(_factor, step / _every);
}

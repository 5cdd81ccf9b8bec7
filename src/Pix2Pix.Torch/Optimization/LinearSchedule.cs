namespace Pix2Pix.Torch.Optimization;

/// <summary>A constant rate, then a linear fall to zero, by steps.</summary>
/// <remarks>
/// With a decay over D steps, the k-th of them, k = 1 .. D, has the share 1 - k / (D + 1) of the constant rate: it falls from the first
/// decaying step on, and the last one is not yet zero, so that no step is for nothing.
/// </remarks>
internal sealed class LinearSchedule : LearningRateSchedule
{
    private readonly double _rate;
    private readonly long _steps;
    private readonly long _decaying;

    public LinearSchedule(double rate, double decayShare, long steps)
    {
        _rate = rate;
        _steps = steps;
        _decaying = (long)Math.Round(steps * decayShare);
    }

    public override double At(long step) => step < _steps - _decaying ? _rate : _rate * (_steps - step) / (_decaying + 1);
}

namespace Pix2Pix.Torch.Optimization;

/// <summary>A constant rate, followed by linear decay to zero, per step.</summary>
/// <remarks>
/// With a decay over D steps, the k-th of them, k = 1 .. D, uses the fraction 1 - k / (D + 1) of the constant rate. The rate falls from the
/// first decaying step on and is above zero in the last step, so that every step has an effect.
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

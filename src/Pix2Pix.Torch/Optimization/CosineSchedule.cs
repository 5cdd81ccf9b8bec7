namespace Pix2Pix.Torch.Optimization;

/// <summary>Cosine decay over the whole training, per step (Loshchilov and Hutter 2017, equation 5, without restarts).</summary>
/// <remarks>
/// Step k of S, k = 0 .. S - 1, uses the fraction (1 + cos(pi k / S)) / 2 of the full rate: the first step uses the full rate, the middle
/// step one half, and the last step about 2.5 / S^2, which is above zero, so that every step has an effect.
/// </remarks>
internal sealed class CosineSchedule : LearningRateSchedule
{
    private readonly double _rate;
    private readonly long _steps;

    public CosineSchedule(double rate, long steps)
    {
        _rate = rate;
        _steps = steps;
    }

    public override double At(long step) => _rate * (1 + Math.Cos(Math.PI * step / _steps)) / 2;
}

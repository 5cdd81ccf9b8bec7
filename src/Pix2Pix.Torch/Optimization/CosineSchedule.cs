namespace Pix2Pix.Torch.Optimization;

/// <summary>Half a cosine over the whole training, by steps (Loshchilov and Hutter 2017, equation 5, without restarts).</summary>
/// <remarks>
/// Step k of S, k = 0 .. S - 1, has the share (1 + cos(pi k / S)) / 2 of the full rate: the first step all of it, the middle one half,
/// and the last one about 2.5 / S^2, which is not yet zero, so that no step is for nothing.
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

namespace Pix2Pix.Torch.Optimization;

/// <summary>
/// A rate that is multiplied by a factor after a number of consecutive validations without improvement over the best one. The count then
/// starts again.
/// </summary>
/// <remarks>
/// An improvement must exceed the best value by a ten-thousandth of it, as in PyTorch's ReduceLROnPlateau. PyTorch reduces the rate one
/// validation later, after patience + 1 validations without improvement.
/// </remarks>
internal sealed class PlateauSchedule : LearningRateSchedule
{
    /// <summary>The fraction of the best value by which a better one must exceed it.</summary>
    private const double Threshold = 1e-4;

    private readonly double _rate;
    private readonly double _factor;
    private readonly int _patience;

    public PlateauSchedule(double rate, double factor, int patience)
    {
        _rate = rate;
        _factor = factor;
        _patience = patience;
        State = new PlateauState(Share: 1, Best: null, Waited: 0);
    }

    /// <summary>The complete mutable state. A schedule with the same state continues identically.</summary>
    public PlateauState State { get; set; }

    public override double At(long step) => _rate * State.Share;

    public override void Validated(double merit)
    {
        // The margin is added rather than compared as a ratio, because the best value may be zero or negative.
        if (State.Best is not { } best || merit > best + (Threshold * Math.Abs(best)))
            State = State with { Best = merit, Waited = 0 };
        else if (State.Waited + 1 < _patience)
            State = State with { Waited = State.Waited + 1 };
        else
            State = State with { Share = State.Share * _factor, Waited = 0 };
    }
}

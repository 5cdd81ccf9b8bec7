namespace Pix2Pix.Torch.Optimization;

/// <summary>
/// A rate that is multiplied by a factor when so many validations in a row were no better than the best one; then the counting starts
/// again.
/// </summary>
/// <remarks>
/// Better is better by a ten-thousandth of the best value, as in PyTorch's ReduceLROnPlateau. That falls one validation later: after
/// patience + 1 of them that were no better.
/// </remarks>
internal sealed class PlateauSchedule : LearningRateSchedule
{
    /// <summary>The share of the best value by which a better one must exceed it.</summary>
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

    /// <summary>All that changes: a schedule with the same state goes on in the same way.</summary>
    public PlateauState State { get; set; }

    public override double At(long step) => _rate * State.Share;

    public override void Validated(double merit)
    {
        // The margin is added, not a quotient formed: the best value may be zero, or below.
        if (State.Best is not { } best || merit > best + (Threshold * Math.Abs(best)))
            State = State with { Best = merit, Waited = 0 };
        else if (State.Waited + 1 < _patience)
            State = State with { Waited = State.Waited + 1 };
        else
            State = State with { Share = State.Share * _factor, Waited = 0 };
    }
}

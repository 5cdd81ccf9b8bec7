namespace Pix2Pix.Torch.Optimization;

/// <summary>The learning rate over a training.</summary>
internal abstract class LearningRateSchedule
{
    /// <summary>Creates the schedule that the options specify.</summary>
    /// <param name="options">Provide the initial learning rate and the schedule.</param>
    /// <param name="steps">The number of steps of the training.</param>
    public static LearningRateSchedule Create(TrainingOptions options, long steps) => options.Schedule.Kind switch
    {
        ScheduleKind.Linear => new LinearSchedule(options.LearningRate, options.Schedule.DecayShare, steps),
        ScheduleKind.Step => new StepSchedule(
            options.LearningRate, options.Schedule.Factor, options.Schedule.StepEpochs * (steps / options.Epochs)),
        ScheduleKind.Cosine => new CosineSchedule(options.LearningRate, steps),
        ScheduleKind.Plateau => new PlateauSchedule(options.LearningRate, options.Schedule.Factor, options.Schedule.Patience),
        _ => throw new ArgumentOutOfRangeException(nameof(options), options.Schedule.Kind, "This is not a schedule."),
    };

    /// <summary>Returns the learning rate of a step, from 0.</summary>
    public abstract double At(long step);

    /// <summary>Called after each validation. Most schedules ignore it.</summary>
    /// <param name="merit">The value of the metric; higher is better.</param>
    public virtual void Validated(double merit)
    {
    }
}

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

/// <summary>The state of a <see cref="PlateauSchedule"/>.</summary>
/// <param name="Share">The current rate, as a fraction of the initial rate.</param>
/// <param name="Best">The merit of the best validation; null before the first.</param>
/// <param name="Waited">The number of validations without improvement since the best one or since the last reduction.</param>
internal sealed record PlateauState(double Share, double? Best, int Waited);

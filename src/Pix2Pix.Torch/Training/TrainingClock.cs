namespace Pix2Pix.Torch.Training;

/// <summary>Counts the steps and the time of a training.</summary>
internal sealed class TrainingClock
{
    private readonly TrainingOptions _options;
    private readonly int _pairs;
    private readonly TimeProvider _time;
    private readonly long _start;
    private long _pairsSeen;
    private TimeSpan _validating;

    public TrainingClock(TrainingOptions options, int pairs, TimeProvider time)
    {
        _options = options;
        _pairs = pairs;
        _time = time;
        _start = time.GetTimestamp();
        Steps = (long)options.Epochs * ((pairs + options.BatchSize - 1) / options.BatchSize);
    }

    /// <summary>All steps of all epochs.</summary>
    public long Steps { get; }

    /// <summary>Where the training stands after a step.</summary>
    public TrainingProgress After(int epoch, long step, int batch, StepLosses losses, double rate)
    {
        _pairsSeen += batch;
        var elapsed = _time.GetElapsedTime(_start);
        return new TrainingProgress
        {
            Epoch = epoch,
            Epochs = _options.Epochs,
            Step = step,
            Steps = Steps,
            PairsSeen = _pairsSeen,
            Losses = losses,
            LearningRate = rate,
            Elapsed = elapsed,
            Remaining = elapsed * ((double)(Steps - step) / step),
        };
    }

    /// <summary>Does something that is not part of a step.</summary>
    public T Validating<T>(Func<T> work)
    {
        var start = _time.GetTimestamp();
        var result = work();
        _validating += _time.GetElapsedTime(start);
        return result;
    }

    /// <summary>What the training did.</summary>
    public TrainingSummary Summary(long steps, StepLosses losses, int threads, ValidationRun validation) => new()
    {
        Steps = steps,
        PlannedSteps = Steps,
        Pairs = _pairs,
        Elapsed = _time.GetElapsedTime(_start),
        LastLosses = losses,
        Threads = threads,
        EndReason = steps >= Steps ? EndReason.Finished : validation.IsExhausted ? EndReason.EarlyStopping : EndReason.Stopped,
        Validations = validation.History,
        ValidationTime = _validating,
        Statistics = validation.Statistics,
    };
}

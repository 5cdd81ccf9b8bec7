namespace Pix2Pix.Torch.Training;

/// <summary>Counts the steps and the time of a training.</summary>
internal sealed class TrainingClock
{
    private readonly TrainingOptions _options;
    private readonly int _pairs;
    private readonly TimeProvider _time;
    private readonly long _start;
    private long _pairsSeen;
    private TimeSpan _dataTime;
    private TimeSpan _stepTime;
    private long _mark; // when what is measured now began

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

    /// <summary>
    /// The same batches. What they are waited for is data time; what comes between them and <see cref="After"/> is step time. Ends early
    /// and quietly where the token was cancelled while it waited.
    /// </summary>
    public IEnumerable<T> Timed<T>(IEnumerable<T> batches, CancellationToken ended)
    {
        using var batch = batches.GetEnumerator();
        while (Next())
            yield return batch.Current;

        bool Next()
        {
            _mark = _time.GetTimestamp();
            try
            {
                if (!batch.MoveNext())
                    return false;
            }
            catch (OperationCanceledException) when (ended.IsCancellationRequested)
            {
                return false;
            }

            _dataTime += Lap();
            return true;
        }
    }

    /// <summary>Where the training stands after a step.</summary>
    public TrainingProgress After(int epoch, long step, int batch, StepLosses losses, double rate)
    {
        _pairsSeen += batch;
        _stepTime += Lap();
        var elapsed = _time.GetElapsedTime(_start, _mark);
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
            DataTime = _dataTime,
            StepTime = _stepTime,
            Remaining = elapsed * ((double)(Steps - step) / step),
        };
    }

    /// <summary>What the training did.</summary>
    public TrainingSummary Summary(long steps, StepLosses losses, int threads) => new()
    {
        Steps = steps,
        PlannedSteps = Steps,
        Pairs = _pairs,
        Elapsed = _time.GetElapsedTime(_start),
        DataTime = _dataTime,
        StepTime = _stepTime,
        LastLosses = losses,
        Threads = threads,
    };

    private TimeSpan Lap()
    {
        var now = _time.GetTimestamp();
        var lap = _time.GetElapsedTime(_mark, now);
        _mark = now;
        return lap;
    }
}

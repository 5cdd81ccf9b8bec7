namespace Pix2Pix.Torch.Training;

/// <summary>Counts the steps and the time of a training.</summary>
internal sealed class TrainingClock
{
    private readonly TrainingOptions _options;
    private readonly int _pairs;
    private readonly TimeProvider _time;
    private readonly long _start;
    private readonly int _stepsOfEpoch;
    private long _pairsSeen;
    private TimeSpan _dataTime;

    public TrainingClock(TrainingOptions options, int pairs, TimeProvider time)
    {
        _options = options;
        _pairs = pairs;
        _time = time;
        _start = time.GetTimestamp();
        _stepsOfEpoch = (pairs + options.BatchSize - 1) / options.BatchSize;
        Steps = (long)options.Epochs * _stepsOfEpoch;
    }

    /// <summary>All steps of all epochs.</summary>
    public long Steps { get; }

    /// <summary>Pairs in the training set.</summary>
    public int Pairs => _pairs;

    /// <summary>The same batches; the time that each is waited for is data time.</summary>
    public IEnumerable<T> Timed<T>(IEnumerable<T> batches)
    {
        using var each = batches.GetEnumerator();
        while (true)
        {
            var start = _time.GetTimestamp();
            var found = each.MoveNext();
            _dataTime += _time.GetElapsedTime(start);
            if (!found)
                yield break;
            yield return each.Current;
        }
    }

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
            DataTime = _dataTime,
            EndsEpoch = step % _stepsOfEpoch == 0,
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
        LastLosses = losses,
        Threads = threads,
    };
}

using Pix2Pix.Torch.Checkpoints;

namespace Pix2Pix.Torch;

/// <summary>Counts the steps and the time of a training, from its beginning or from where it goes on.</summary>
internal sealed class TrainingClock
{
    private readonly TrainingOptions _options;
    private readonly TimeProvider _time;
    private readonly long _started;
    private readonly TrainingPosition _start;
    private TimeSpan _dataTime;
    private TimeSpan _stepTime;
    private TimeSpan _validating;
    private long _mark; // when what is measured now began

    /// <param name="options">Those of the training.</param>
    /// <param name="pairs">The number of pairs.</param>
    /// <param name="time">Measures it.</param>
    /// <param name="start">What is done already.</param>
    public TrainingClock(TrainingOptions options, int pairs, TimeProvider time, TrainingPosition start)
    {
        _options = options;
        Pairs = pairs;
        _time = time;
        _started = time.GetTimestamp();
        _start = start;
        _dataTime = start.DataTime;
        _stepTime = start.StepTime;
        var left = ((options.Epochs - start.Epoch + 1L) * BatchesPerEpoch(options, pairs)) - start.Batch;
        Steps = start.Step + Math.Max(0, left);
    }

    /// <summary>All steps of all epochs: those done and those to do.</summary>
    public long Steps { get; }

    /// <summary>Pairs in the training set.</summary>
    public int Pairs { get; }

    /// <summary>Steps of an epoch.</summary>
    public int StepsOfEpoch => BatchesPerEpoch(_options, Pairs);

    /// <summary>Steps that were done before this process began.</summary>
    public long FirstStep => _start.Step;

    /// <summary>
    /// Where a training stands that goes on, before its first step, without the losses and the learning rate of its last step; null where
    /// it is new.
    /// </summary>
    public TrainingProgress? Resumed => FirstStep == 0 ? null : new()
    {
        Epoch = Math.Min(_start.Batch == 0 ? _start.Epoch - 1 : _start.Epoch, _options.Epochs),
        Epochs = _options.Epochs,
        Step = FirstStep,
        Steps = Steps,
        PairsSeen = _start.PairsSeen,
        Losses = default,
        LearningRate = 0,
        Elapsed = _start.Elapsed,
        DataTime = _start.DataTime,
        StepTime = _start.StepTime,
        Remaining = _start.Elapsed * ((double)(Steps - FirstStep) / FirstStep),
    };

    /// <summary>The batches of an epoch; the last one may be smaller.</summary>
    public static int BatchesPerEpoch(TrainingOptions options, int pairs)
        => (int)(((long)pairs + options.BatchSize - 1) / options.BatchSize);

    /// <summary>
    /// The same batches. What they are waited for is data time; what comes between them and <see cref="StepDone"/> is step time. Ends early
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

    /// <summary>Ends the time of a step.</summary>
    /// <returns>Where the training is after it.</returns>
    public TrainingPosition StepDone(TrainingPosition position, int pairs)
    {
        _stepTime += Lap();
        return position with
        {
            Step = position.Step + 1,
            Batch = position.Batch + 1,
            PairsSeen = position.PairsSeen + pairs,
            Elapsed = _start.Elapsed + _time.GetElapsedTime(_started, _mark),
            DataTime = _dataTime,
            StepTime = _stepTime,
        };
    }

    /// <summary>Where the training stands after a step.</summary>
    public TrainingProgress After(TrainingPosition position, StepLosses losses, double rate) => new()
    {
        Epoch = position.Epoch,
        Epochs = _options.Epochs,
        Step = position.Step,
        Steps = Steps,
        PairsSeen = position.PairsSeen,
        Losses = losses,
        LearningRate = rate,
        Elapsed = position.Elapsed,
        DataTime = position.DataTime,
        StepTime = position.StepTime,
        EndsEpoch = position.Batch == StepsOfEpoch,
        Remaining = (position.Elapsed - _start.Elapsed) * ((double)(Steps - position.Step) / (position.Step - _start.Step)),
    };

    /// <summary>Does something that is not part of a step.</summary>
    public T Validating<T>(Func<T> work)
    {
        var start = _time.GetTimestamp();
        var result = work();
        _validating += _time.GetElapsedTime(start);
        return result;
    }

    /// <summary>What the training did.</summary>
    public TrainingSummary Summary(TrainingPosition position, StepLosses losses, int threads, ValidationRun validation) => new()
    {
        Steps = position.Step,
        PlannedSteps = Steps,
        ResumedSteps = _start.Step,
        Pairs = Pairs,
        Elapsed = _start.Elapsed + _time.GetElapsedTime(_started),
        DataTime = _dataTime,
        StepTime = _stepTime,
        LastLosses = losses,
        Threads = threads,
        EndReason = position.Step >= Steps ? EndReason.Finished : validation.IsExhausted ? EndReason.EarlyStopping : EndReason.Stopped,
        Validations = validation.History,
        ValidationTime = _validating,
        Statistics = validation.Statistics,
    };

    private TimeSpan Lap()
    {
        var now = _time.GetTimestamp();
        var lap = _time.GetElapsedTime(_mark, now);
        _mark = now;
        return lap;
    }
}

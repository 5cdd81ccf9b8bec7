namespace Pix2Pix.Torch;

/// <summary>Tracks the steps and the time of a training, from its beginning or from the position it is resumed at.</summary>
internal sealed class TrainingClock
{
    private readonly TrainingOptions _options;
    private readonly TimeProvider _time;
    private readonly long _started;
    private readonly TrainingPosition _start;
    private TimeSpan _dataTime;
    private TimeSpan _stepTime;
    private long _mark; // start of the current measurement

    /// <param name="options">The training options.</param>
    /// <param name="pairs">The number of pairs.</param>
    /// <param name="time">The time provider.</param>
    /// <param name="start">The position that the training starts or resumes at.</param>
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

    /// <summary>The number of steps of all epochs, completed and remaining.</summary>
    public long Steps { get; }

    /// <summary>The number of pairs in the training set.</summary>
    public int Pairs { get; }

    /// <summary>The number of steps per epoch.</summary>
    public int StepsOfEpoch => BatchesPerEpoch(_options, Pairs);

    /// <summary>The number of steps completed before the training was resumed.</summary>
    public long FirstStep => _start.Step;

    /// <summary>The number of epochs completed before the training was resumed.</summary>
    public int FirstEpochs => _start.Batch == StepsOfEpoch ? _start.Epoch : _start.Epoch - 1;

    /// <summary>
    /// The progress of a resumed training before its first step, without the losses and the learning rate of its last step; null for a
    /// new training.
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
        Remaining = Remaining(_start.Elapsed, FirstStep, FirstStep),
    };

    /// <summary>Returns the number of batches per epoch; the last batch may be smaller.</summary>
    public static int BatchesPerEpoch(TrainingOptions options, int pairs)
        => (int)(((long)pairs + options.BatchSize - 1) / options.BatchSize);

    /// <summary>
    /// Returns the same batches and measures their time. Waiting for a batch counts as data time; the time from a batch to
    /// <see cref="StepDone"/> counts as step time. If the token is canceled while waiting, the sequence ends without an exception.
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

    /// <summary>Ends the time measurement of a step.</summary>
    /// <returns>The position of the training after the step.</returns>
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

    /// <summary>Returns the progress of the training after a step.</summary>
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
        Remaining = Remaining(position.Elapsed - _start.Elapsed, position.Step - _start.Step, position.Step),
    };

    /// <summary>Returns the summary of the training.</summary>
    public TrainingSummary Summary(TrainingPosition position, StepLosses losses, int threads) => new()
    {
        Steps = position.Step,
        PlannedSteps = Steps,
        ResumedSteps = _start.Step,
        Pairs = Pairs,
        Seed = _options.SeedOrDefault,
        Elapsed = _start.Elapsed + _time.GetElapsedTime(_started),
        DataTime = _dataTime,
        StepTime = _stepTime,
        LastLosses = losses,
        Threads = threads,
        EndReason = position.Step >= Steps ? EndReason.Finished : EndReason.Stopped,
        Statistics = NormStatistics.Image,
    };

    // The time of the remaining steps if each takes as long as the given ones. TimeSpan cannot represent more than 29,000 years.
    private TimeSpan Remaining(TimeSpan elapsed, long steps, long step)
    {
        var seconds = elapsed.TotalSeconds * ((double)(Steps - step) / steps);
        return seconds < TimeSpan.MaxValue.TotalSeconds / 2 ? elapsed * ((double)(Steps - step) / steps) : TimeSpan.MaxValue;
    }

    private TimeSpan Lap()
    {
        var now = _time.GetTimestamp();
        var lap = _time.GetElapsedTime(_mark, now);
        _mark = now;
        return lap;
    }
}

/// <summary>The progress of a training between two steps.</summary>
internal sealed record TrainingPosition
{
    /// <summary>More steps than any training takes, so that a damaged checkpoint cannot overflow a sum.</summary>
    public const long MaxSteps = 1_000_000_000_000_000;

    private static readonly TimeSpan MaxTime = TimeSpan.FromDays(36_500);

    /// <summary>The position before the first step.</summary>
    public static TrainingPosition Start { get; } = new() { Epoch = 1 };

    /// <summary>The number of completed steps, over all epochs.</summary>
    public long Step { get; init => field = Guard.InRange(value, 0, MaxSteps); }

    /// <summary>The current epoch, starting at 1; after the last one, the one that would follow.</summary>
    public required int Epoch { get; init => field = Guard.InRange(value, 1, int.MaxValue - 1); }

    /// <summary>The number of completed batches in this epoch; equal to all batches if only the end-of-epoch work remains.</summary>
    public int Batch { get; init => field = Guard.InRange(value, 0, int.MaxValue); }

    /// <summary>The number of pairs processed, over all epochs.</summary>
    public long PairsSeen { get; init => field = Guard.InRange(value, 0, MaxSteps * 4096); }

    /// <summary>The elapsed time.</summary>
    public TimeSpan Elapsed { get; init => field = Guard.InRange(value, TimeSpan.Zero, MaxTime); }

    /// <summary>The part of the elapsed time that steps waited for their batches.</summary>
    public TimeSpan DataTime { get; init => field = Guard.InRange(value, TimeSpan.Zero, MaxTime); }

    /// <summary>The part of the elapsed time spent in the steps themselves.</summary>
    public TimeSpan StepTime { get; init => field = Guard.InRange(value, TimeSpan.Zero, MaxTime); }

    /// <summary>The position before the first batch of the next epoch.</summary>
    public TrainingPosition NextEpoch() => this with { Epoch = Epoch + 1, Batch = 0 };

    /// <summary>Whether there was no progress between the two positions.</summary>
    public bool IsSamePosition(TrainingPosition other) => (Step, Epoch, Batch) == (other.Step, other.Epoch, other.Batch);
}

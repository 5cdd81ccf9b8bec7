using Pix2Pix.Torch.Checkpoints;

namespace Pix2Pix.Torch.Training;

/// <summary>Counts the steps and the time of a training, from its beginning or from where it goes on.</summary>
internal sealed class TrainingClock
{
    private readonly TrainingOptions _options;
    private readonly int _pairs;
    private readonly TimeProvider _time;
    private readonly long _started;
    private readonly TrainingPosition _start;
    private TimeSpan _validating;

    /// <param name="options">Those of the training.</param>
    /// <param name="pairs">The number of pairs.</param>
    /// <param name="time">Measures it.</param>
    /// <param name="start">What is done already.</param>
    public TrainingClock(TrainingOptions options, int pairs, TimeProvider time, TrainingPosition start)
    {
        _options = options;
        _pairs = pairs;
        _time = time;
        _started = time.GetTimestamp();
        _start = start;
        var left = ((options.Epochs - start.Epoch + 1L) * BatchesPerEpoch(options, pairs)) - start.Batch;
        Steps = start.Step + Math.Max(0, left);
    }

    /// <summary>All steps of all epochs: those done and those to do.</summary>
    public long Steps { get; }

    /// <summary>The time that the training took so far.</summary>
    public TimeSpan Elapsed => _start.Elapsed + _time.GetElapsedTime(_started);

    /// <summary>The batches of an epoch; the last one may be smaller.</summary>
    public static int BatchesPerEpoch(TrainingOptions options, int pairs)
        => (int)(((long)pairs + options.BatchSize - 1) / options.BatchSize);

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
        Pairs = _pairs,
        Elapsed = Elapsed,
        LastLosses = losses,
        Threads = threads,
        EndReason = position.Step >= Steps ? EndReason.Finished : validation.IsExhausted ? EndReason.EarlyStopping : EndReason.Stopped,
        Validations = validation.History,
        ValidationTime = _validating,
        Statistics = validation.Statistics,
    };
}

using TorchSharp;
using static TorchSharp.torch;

namespace Pix2Pix.Torch;

/// <summary>
/// A queue of steps whose losses have not been read. On CUDA a step is queued long before it completes, and reading a loss waits until the
/// queue is empty, which leaves the device idle until the next step. Losses are therefore read a few times a second instead of after each
/// step. Disposes the losses of the remaining steps.
/// </summary>
internal sealed class PendingSteps : IDisposable
{
    /// <summary>Short enough for progress to appear continuous.</summary>
    private static TimeSpan BetweenReadsOnCuda => TimeSpan.FromMilliseconds(200);

    private readonly Queue<PendingStep> _steps = [];
    private readonly TimeSpan _between;
    private readonly TimeProvider _time;
    private long _read;

    /// <param name="device">The device of the networks.</param>
    /// <param name="run">Provides the clock and the interval between reads.</param>
    public PendingSteps(Device device, TrainingRun run)
    {
        _between = run.BetweenReads ?? (device.type == DeviceType.CUDA ? BetweenReadsOnCuda : TimeSpan.Zero);
        _time = run.Clock;
        _read = Now;
    }

    /// <summary>Whether it is time to read the losses.</summary>
    public bool AreDue => _between == TimeSpan.Zero || _time.GetElapsedTime(_read) >= _between;

    private long Now => _between == TimeSpan.Zero ? 0 : _time.GetTimestamp();

    public void Add(PendingStep step) => _steps.Enqueue(step);

    /// <summary>Removes and returns the first step; null if the queue is empty.</summary>
    public PendingStep? Next()
    {
        if (_steps.TryDequeue(out var step))
            return step;
        _read = Now;
        return null;
    }

    public void Dispose()
    {
        while (_steps.TryDequeue(out var step))
            step.Losses.Dispose();
    }
}

using TorchSharp;
using static TorchSharp.torch;

namespace Pix2Pix.Torch;

/// <summary>
/// Steps whose losses nobody has read yet. On CUDA a step is queued long before it is done, and reading a loss waits until the queue is
/// empty, after which the device waits for the next step: so they are read some times a second, not after each step. Disposes of what
/// nobody took out.
/// </summary>
internal sealed class PendingSteps : IDisposable
{
    /// <summary>As often as somebody who watches may notice.</summary>
    private static TimeSpan BetweenReadsOnCuda => TimeSpan.FromMilliseconds(200);

    private readonly Queue<PendingStep> _steps = [];
    private readonly TimeSpan _between;
    private readonly TimeProvider _time;
    private long _read;

    /// <param name="device">Where the networks learn.</param>
    /// <param name="run">Measures time.</param>
    public PendingSteps(Device device, TrainingRun run)
    {
        _between = run.BetweenReads ?? (device.type == DeviceType.CUDA ? BetweenReadsOnCuda : TimeSpan.Zero);
        _time = run.Clock;
        _read = Now;
    }

    /// <summary>Whether it is time to read them.</summary>
    public bool AreDue => _between == TimeSpan.Zero || _time.GetElapsedTime(_read) >= _between;

    private long Now => _between == TimeSpan.Zero ? 0 : _time.GetTimestamp();

    public void Add(PendingStep step) => _steps.Enqueue(step);

    /// <summary>Takes out the first of them; null where there is none.</summary>
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

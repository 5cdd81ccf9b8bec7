using TorchSharp;
using static TorchSharp.torch;

namespace Pix2Pix.Torch.Training;

/// <summary>
/// Steps whose losses nobody has read yet. On CUDA a step is queued long before it is done, and reading a loss waits until the queue is
/// empty, after which the device waits for the next step: so they are read some times a second, not after each step.
/// </summary>
internal sealed class UnreadSteps
{
    /// <summary>As often as somebody who watches may notice: a device that is waited for five times a second is idle for about a hundredth.</summary>
    private static TimeSpan BetweenReadsOnCuda => TimeSpan.FromMilliseconds(200);

    private readonly List<TakenStep> _steps = [];
    private readonly TimeSpan _between;
    private readonly TimeProvider _time;
    private long _taken;

    /// <param name="device">Where the networks learn.</param>
    /// <param name="run">Measures time.</param>
    public UnreadSteps(Device device, TrainingRun run)
    {
        _between = run.BetweenReads ?? (device.type == DeviceType.CUDA ? BetweenReadsOnCuda : TimeSpan.Zero);
        _time = run.Clock;
        _taken = Now;
    }

    /// <summary>Whether it is time to read them.</summary>
    public bool AreDue => _between == TimeSpan.Zero || _time.GetElapsedTime(_taken) >= _between;

    private long Now => _between == TimeSpan.Zero ? 0 : _time.GetTimestamp();

    public void Add(TakenStep step) => _steps.Add(step);

    /// <summary>Takes all of them out, in order. Those that are not enumerated are lost.</summary>
    public IEnumerable<TakenStep> Take()
    {
        TakenStep[] steps = [.. _steps];
        _steps.Clear();
        _taken = Now;
        try
        {
            foreach (var step in steps)
                yield return step;
        }
        finally
        {
            foreach (var step in steps)
                step.Losses.Dispose();
        }
    }
}

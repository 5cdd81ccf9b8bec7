using Pix2Pix.Torch.Data;
using Pix2Pix.Torch.Losses;
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
    public PendingSteps(Device device, TrainingRunOptions run)
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

/// <summary>A training step that was started; the device may still be computing it.</summary>
/// <param name="Position">The position of the training after the step.</param>
/// <param name="LearningRate">The learning rate of the step.</param>
/// <param name="Batch">The batch of the step. Rows and names remain valid after its tensors are disposed.</param>
/// <param name="Losses">The losses of the step.</param>
internal sealed record PendingStep(TrainingPosition Position, double LearningRate, PairBatch Batch, PendingLosses Losses);

/// <summary>
/// The losses of a step, kept on its device, which may still be computing them. Holds native memory until the losses are read.
/// </summary>
internal sealed class PendingLosses : IDisposable
{
    private readonly LossTerm[] _terms; // of the values
    private Tensor? _values; // (terms)
    private StepLosses _losses;

    /// <summary>Stores the values of the parts that are on, without their weights.</summary>
    public PendingLosses(IEnumerable<LossPart> parts)
    {
        LossPart[] computed = [.. parts.Where(part => part.Value is not null)];
        _terms = [.. computed.Select(part => part.Term)];
        _values = LongLived.Tensor(() => stack(computed.Select(part => part.Value!.detach())));
    }

    /// <summary>Whether the losses have been read; further reads do not wait.</summary>
    public bool AreRead => _values is null;

    /// <summary>Returns the losses. The first call waits until the device has completed this step and all earlier ones.</summary>
    public StepLosses Read()
    {
        if (_values is null)
            return _losses;
        using var scope = NewDisposeScope();
        double[] values = [.. _values.to(ScalarType.Float64, CPU).data<double>()];
        _losses = new StepLosses(term => Array.IndexOf(_terms, term) is >= 0 and var i ? values[i] : 0);
        Dispose();
        return _losses;
    }

    public void Dispose()
    {
        _values?.Dispose();
        _values = null;
    }
}

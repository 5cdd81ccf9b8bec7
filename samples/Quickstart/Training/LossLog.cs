using Pix2Pix;

namespace Quickstart;

/// <summary>Remembers the progress of each step.</summary>
internal sealed class LossLog : IProgress<TrainingProgress>
{
    private readonly List<TrainingProgress> _steps = [];

    /// <summary>All steps so far, in order.</summary>
    public IReadOnlyList<TrainingProgress> Steps => _steps;

    /// <summary>The time the training took.</summary>
    public TimeSpan Elapsed => _steps.Count == 0 ? TimeSpan.Zero : _steps[^1].Elapsed;

    /// <summary>The epochs done, with the part of the last one.</summary>
    public double EpochsDone => _steps.Count == 0 ? 0 : (double)_steps[^1].Step * _steps[^1].Epochs / _steps[^1].Steps;

    public void Report(TrainingProgress value) => _steps.Add(value);

    /// <summary>The mean absolute difference as a part of the full range, 0 to 1; the training's values run from -1 to 1.</summary>
    public static double L1(TrainingProgress step) => step.Losses.L1 / 2;
}

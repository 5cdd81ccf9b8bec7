using Pix2Pix.Metrics;

namespace Pix2Pix;

/// <summary>The summary of a training run.</summary>
public sealed record TrainingSummary
{
    /// <summary>The number of completed steps, including those of the checkpoint that training was resumed from.</summary>
    public required long Steps { get; init; }

    /// <summary>The number of steps that the options require; more than <see cref="Steps"/> if training was stopped.</summary>
    public required long PlannedSteps { get; init; }

    /// <summary>The number of steps of the checkpoint that training was resumed from; 0 if it started from the beginning.</summary>
    public long ResumedSteps { get; init; }

    /// <summary>The number of pairs in the training set.</summary>
    public required int Pairs { get; init; }

    /// <summary>
    /// The seed of the training run. If the options had none, it was drawn; to repeat the run, set <see cref="TrainingOptions.Seed"/> to it.
    /// </summary>
    public int Seed { get; init; }

    /// <summary>The duration of training, including the time before the checkpoint that it was resumed from.</summary>
    public required TimeSpan Elapsed { get; init; }

    /// <summary>
    /// The total time that steps waited for their batches. If it is a large part, reading, decoding or augmenting pairs is slower than
    /// training on them.
    /// </summary>
    public required TimeSpan DataTime { get; init; }

    /// <summary>The total time that the steps themselves took. The rest was spent on reports and other work between steps.</summary>
    public required TimeSpan StepTime { get; init; }

    /// <summary>The losses of the last step; all zero if this run had no step.</summary>
    public required StepLosses LastLosses { get; init; }

    /// <summary>The number of libtorch's threads. On a CPU the exact bits of the result depend on it.</summary>
    public required int Threads { get; init; }

    /// <summary>Why training ended.</summary>
    public required EndReason EndReason { get; init; }

    /// <summary>All validations, in order.</summary>
    public IReadOnlyList<ValidationScores> Validations { get; init; } = [];

    /// <summary>
    /// The best validation, whose generator was kept if <see cref="ValidationOptions.KeepBest"/> is set; null if there was none.
    /// </summary>
    public ValidationScores? Best => Validations.LastOrDefault(scores => scores.IsBest);

    /// <summary>The part of <see cref="Elapsed"/> that was spent on validation.</summary>
    public TimeSpan ValidationTime { get; init; }

    /// <summary>
    /// The statistics to translate with: the run's <see cref="InferenceOptions.Statistics"/>. If these are
    /// <see cref="NormStatistics.Auto"/>, the better ones of the validation that the generator's weights are from, or Image if there was
    /// none.
    /// </summary>
    public required NormStatistics Statistics { get; init; }

    /// <summary>Whether training ended before its last planned step.</summary>
    public bool Stopped => Steps < PlannedSteps;
}

/// <summary>The reasons why training ended.</summary>
public enum EndReason
{
    /// <summary>All steps were completed.</summary>
    Finished,

    /// <summary>Training was stopped by the caller.</summary>
    Stopped,

    /// <summary>As many consecutive validations as <see cref="ValidationOptions.Patience"/> specifies brought no improvement.</summary>
    EarlyStopping,

    /// <summary>
    /// A loss or a weight became infinite or not a number. The generator is that of the best earlier validation; without one, training ends
    /// with an exception.
    /// </summary>
    Diverged,
}

/// <summary>The scores of the generator on the validation pairs after an epoch.</summary>
/// <param name="Epoch">The epoch, from 1.</param>
/// <param name="Scores">
/// The means over the validation pairs. A translation that is identical to its target counts with the largest finite PSNR, 10 log10(255^2
/// n) for n bytes, so that the mean stays finite.
/// </param>
/// <param name="Statistics">The statistics used for translation; if both were tried, the better ones.</param>
/// <param name="IsBest">Whether the scores are better than those of all earlier validations.</param>
public sealed record ValidationScores(int Epoch, ImageScores Scores, NormStatistics Statistics, bool IsBest);

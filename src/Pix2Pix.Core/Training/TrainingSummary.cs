
namespace Pix2Pix;

/// <summary>What a training did.</summary>
public sealed record TrainingSummary
{
    /// <summary>Steps done; those of a checkpoint that it went on from count.</summary>
    public required long Steps { get; init; }

    /// <summary>Steps that the options asked for; more than <see cref="Steps"/> where the training was stopped.</summary>
    public required long PlannedSteps { get; init; }

    /// <summary>The steps of the checkpoint that the training went on from; 0 where it began anew.</summary>
    public long ResumedSteps { get; init; }

    /// <summary>Pairs in the training set.</summary>
    public required int Pairs { get; init; }

    /// <summary>The time it took, with that before the checkpoint that it went on from.</summary>
    public required TimeSpan Elapsed { get; init; }

    /// <summary>
    /// How long steps waited for their batches, in all. Where it is a large part, reading, decoding or augmenting pairs is slower than
    /// learning from them.
    /// </summary>
    public required TimeSpan DataTime { get; init; }

    /// <summary>
    /// How long the steps themselves took, in all. What is left of the time went to reports and to what is done between steps.
    /// </summary>
    public required TimeSpan StepTime { get; init; }

    /// <summary>The losses of the last step; all zero where this run did none.</summary>
    public required StepLosses LastLosses { get; init; }

    /// <summary>The threads of libtorch. On a CPU the bits of the result depend on it.</summary>
    public required int Threads { get; init; }

    /// <summary>Why it ended.</summary>
    public required EndReason EndReason { get; init; }

    /// <summary>All validations, in order.</summary>
    public IReadOnlyList<ValidationScores> Validations { get; init; } = [];

    /// <summary>
    /// The best validation, whose generator was kept where <see cref="ValidationOptions.KeepBest"/> asked for it; null without any.
    /// </summary>
    public ValidationScores? Best => Validations.LastOrDefault(scores => scores.IsBest);

    /// <summary>The part of <see cref="Elapsed"/> that the validations took.</summary>
    public TimeSpan ValidationTime { get; init; }

    /// <summary>
    /// The statistics that the generator is to translate with: <see cref="InferenceOptions.Statistics"/> of the run; where these are
    /// <see cref="NormStatistics.Auto"/>, the better ones of the validation whose weights it has, and Image where there was none.
    /// </summary>
    public required NormStatistics Statistics { get; init; }

    /// <summary>Whether the training ended before the last step it was to do.</summary>
    public bool Stopped => Steps < PlannedSteps;
}

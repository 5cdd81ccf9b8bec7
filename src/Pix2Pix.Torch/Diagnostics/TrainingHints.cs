using System.Globalization;

namespace Pix2Pix.Torch.Diagnostics;

/// <summary>All hint rules for a training. Each is reported once.</summary>
internal sealed class TrainingHints
{
    private readonly List<IHintRule> _watchers;
    private readonly HashSet<TrainingHintKind> _given = [];

    /// <param name="losses">The losses of the training.</param>
    /// <param name="more">Rules that use more than the training progress.</param>
    public TrainingHints(LossOptions losses, params IEnumerable<IHintRule> more)
        => _watchers =
        [
            new DiscriminatorRule(losses),
            .. losses.L1Weight > 0 ? (IHintRule[])[new L1Rule(), new OverfittingRule()] : [], // else the L1 of a step is always 0
            new RateRule(),
            new DataRule(),
            new ExplosionRule(),
            .. more,
        ];

    /// <summary>The new hints after this step.</summary>
    public IReadOnlyList<TrainingHint> After(TrainingProgress progress)
    {
        List<TrainingHint>? hints = null;
        foreach (var watcher in _watchers)
        {
            if (watcher.After(progress) is { } text && _given.Add(watcher.Kind))
                (hints ??= []).Add(new TrainingHint(watcher.Kind, progress.Epoch, progress.Step, text));
        }

        return hints is null ? [] : hints;
    }
}

/// <summary>Detects one kind of problem in the training progress, using bounded memory.</summary>
internal interface IHintRule
{
    TrainingHintKind Kind { get; }

    /// <summary>The hint to report after this step, or null.</summary>
    string? After(TrainingProgress progress);
}

/// <summary>Reports a hint detected elsewhere.</summary>
internal sealed class NoteRule : IHintRule
{
    public NoteRule(TrainingHintKind kind) => Kind = kind;

    public TrainingHintKind Kind { get; }

    /// <summary>The hint to report after the next step.</summary>
    public string? Note { get; set; }

    public string? After(TrainingProgress progress) => Note;
}

/// <summary>The learning rate is zero.</summary>
internal sealed class RateRule : IHintRule
{
    public TrainingHintKind Kind => TrainingHintKind.LearningRateZero;

    public string? After(TrainingProgress progress) => progress.LearningRate != 0
        ? null
        : $"The learning rate is 0 at step {progress.Step} of {progress.Steps}, so the weights no longer change. Set a learning rate " +
            "above 0, or a schedule that does not reach 0 before the end.";
}

/// <summary>Training waits for data. The first steps do not count, because reading begins with them.</summary>
internal sealed class DataRule : IHintRule
{
    private const int WarmUpSteps = 10;
    private const int LeastSteps = 100;
    private const double MostShare = 0.5;
    private static readonly TimeSpan LeastTime = TimeSpan.FromSeconds(20);

    private TrainingProgress? _since;
    private int _seen;

    public TrainingHintKind Kind => TrainingHintKind.DataIsSlow;

    public string? After(TrainingProgress progress)
    {
        if (++_seen == WarmUpSteps)
            _since = progress;
        if (_since is null || progress.Step - _since.Step < LeastSteps || progress.Elapsed - _since.Elapsed < LeastTime)
            return null;

        var (waited, passed) = (progress.DataTime - _since.DataTime, progress.Elapsed - _since.Elapsed);
        _since = progress;
        return waited <= passed * MostShare
            ? null
            : string.Create(
                CultureInfo.InvariantCulture,
                $"Training is waiting for data: {waited.TotalSeconds:0} of the last {passed.TotalSeconds:0} seconds " +
                $"({waited / passed:0%}). ") +
                "Keep the decoded pairs in memory, resize the files to the training size in advance, or use a faster disk.";
    }
}

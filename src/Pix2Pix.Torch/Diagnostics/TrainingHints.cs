
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

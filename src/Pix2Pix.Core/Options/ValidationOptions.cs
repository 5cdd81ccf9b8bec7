namespace Pix2Pix;

/// <summary>How a training is validated: how often, on how many pairs, and what follows from it. Immutable.</summary>
public sealed record ValidationOptions
{
    /// <summary>L1 after each epoch on a hundred pairs; the best epoch's generator is kept.</summary>
    public static ValidationOptions Default { get; } = new();

    /// <summary>The score that tells which epoch was the best.</summary>
    /// <value>The default is <see cref="ValidationMetric.L1"/>.</value>
    public ValidationMetric Metric { get; init => field = Guard.Defined(value); } = ValidationMetric.L1;

    /// <summary>Epochs from one validation to the next. The last epoch is always validated.</summary>
    /// <value>The default is 1.</value>
    public int EveryEpochs { get; init => field = Guard.InRange(value, 1, 1_000_000); } = 1;

    /// <summary>Whether the generator, at the end of the training, is the one of the best validation, and not the last.</summary>
    /// <value>The default is <see langword="true"/>.</value>
    /// <remarks>
    /// A training that is stopped within an epoch gives the best of the epochs that were validated, or the generator as it is where
    /// there was none. The best weights take as much memory as the generator's weights.
    /// </remarks>
    public bool KeepBest { get; init; } = true;

    /// <summary>The training ends after this many validations in a row without a better one.</summary>
    /// <value>The default is <see langword="null"/>: it does not end early.</value>
    public int? Patience { get; init => field = value is null ? null : Guard.InRange(value.Value, 1, 1_000_000); }

    /// <summary>The most pairs to validate with. Of a larger set these are evenly spread, the same ones each time.</summary>
    /// <value>The default is 100.</value>
    public int MaxPairs { get; init => field = Guard.InRange(value, 1, 1_000_000); } = 100;
}

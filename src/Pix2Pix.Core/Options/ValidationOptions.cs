namespace Pix2Pix;

/// <summary>How often and on how many pairs training is validated, and how the results are used. Immutable.</summary>
public sealed record ValidationOptions
{
    /// <summary>L1 after each epoch on a hundred pairs; the best epoch's generator is kept.</summary>
    public static ValidationOptions Default { get; } = new();

    /// <summary>The metric that determines the best epoch.</summary>
    /// <value>The default is <see cref="ValidationMetric.L1"/>.</value>
    public ValidationMetric Metric { get; init => field = Guard.Defined(value); } = ValidationMetric.L1;

    /// <summary>The number of epochs between two validations. The last epoch is always validated.</summary>
    /// <value>The default is 1.</value>
    public int EveryEpochs { get; init => field = Guard.InRange(value, 1, 1_000_000); } = 1;

    /// <summary>Whether training returns the generator of the best validation instead of the last one.</summary>
    /// <value>The default is <see langword="true"/>.</value>
    /// <remarks>
    /// Training that is stopped within an epoch returns the best of the validated epochs, or the current generator if there is none. The
    /// best weights take as much memory as the generator's weights.
    /// </remarks>
    public bool KeepBest { get; init; } = true;

    /// <summary>The number of consecutive validations without improvement after which training ends.</summary>
    /// <value>The default is <see langword="null"/>: training does not end early.</value>
    public int? Patience { get; init => field = value is null ? null : Guard.InRange(value.Value, 1, 1_000_000); }

    /// <summary>
    /// The maximum number of pairs to validate with. From a larger set, evenly spaced pairs are used, the same ones each time.
    /// </summary>
    /// <value>The default is 100.</value>
    public int MaxPairs { get; init => field = Guard.InRange(value, 1, 1_000_000); } = 100;
}

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

/// <summary>The metric that compares validations.</summary>
public enum ValidationMetric
{
    /// <summary>The mean absolute difference; lower is better.</summary>
    L1,

    /// <summary>The peak signal-to-noise ratio; higher is better.</summary>
    Psnr,

    /// <summary>The structural similarity; higher is better.</summary>
    Ssim,
}

/// <summary>How the kernel distance (KID) draws subsets of the features. Immutable.</summary>
internal sealed record KernelDistanceOptions
{
    /// <summary>The default options.</summary>
    public static KernelDistanceOptions Default { get; } = new();

    /// <summary>The number of subsets.</summary>
    /// <value>The default is 100, as in the authors' code.</value>
    public int Subsets { get; init => field = Guard.InRange(value, 1, 10_000); } = 100;

    /// <summary>
    /// The number of vectors drawn from each set for a subset. If both sets have this many vectors or fewer, there is a single subset with
    /// all of them.
    /// </summary>
    /// <value>The default is 1,000, as in the authors' code.</value>
    public int SubsetSize { get; init => field = Guard.InRange(value, 2, 100_000); } = 1000;

    /// <summary>The seed of the subsets.</summary>
    /// <value>The default is 0.</value>
    public int Seed { get; init; }
}

/// <summary>Selects evenly spaced rows, starting with the first.</summary>
internal static class EvenlySpacedSubset
{
    /// <summary>
    /// Returns whether a row, counted from 0, is among <paramref name="max"/> of <paramref name="count"/> rows. If there are no more rows
    /// than that, all of them are included.
    /// </summary>
    public static bool Includes(int row, int count, int max) => count <= max || (long)row * max % count < max;
}

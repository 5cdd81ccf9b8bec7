using Pix2Pix.Metrics;

namespace Pix2Pix;

/// <summary>How <see cref="KernelDistance"/> draws subsets. Immutable.</summary>
public sealed record KernelDistanceOptions
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

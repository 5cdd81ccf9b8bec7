using System.Numerics.Tensors;

namespace Pix2Pix.Metrics;

/// <summary>
/// The kernel distance between two sets of features: the unbiased estimate of the squared maximum mean discrepancy with the kernel (x.y / d
/// + 1)^3, where d is the number of dimensions. With the features of an Inception network, it is the KID of Bińkowski et al., "Demystifying
/// MMD GANs", ICLR 2018, section 4; the estimate is equation 4 of that paper.
/// </summary>
/// <param name="Mean">
/// The mean of the subsets' estimates. It is around 0, and can be negative, for sets from the same distribution, and larger otherwise.
/// </param>
/// <param name="StandardDeviation">
/// The standard deviation of the subsets' estimates, with their number as the divisor; 0 for one subset.
/// </param>
/// <param name="Subsets">The number of subsets.</param>
internal sealed record KernelDistance(double Mean, double StandardDeviation, int Subsets)
{
    private const int Tile = 4; // vectors that are multiplied by one vector of the other set while it is in the cache

    /// <summary>Computes the distance. On one machine, the result for a seed is the same for any number of threads.</summary>
    /// <param name="x">One set, with at least two vectors of equal length.</param>
    /// <param name="y">The other set, with at least two vectors of the same length.</param>
    /// <param name="options">The subset options; the defaults if null.</param>
    /// <param name="cancel">Cancels the computation with an <see cref="OperationCanceledException"/>.</param>
    /// <exception cref="ArgumentException">A set has fewer than two vectors, or the vectors differ in length.</exception>
    public static KernelDistance Between(
        IReadOnlyList<float[]> x, IReadOnlyList<float[]> y, KernelDistanceOptions? options = null, CancellationToken cancel = default)
    {
        ArgumentNullException.ThrowIfNull(x);
        ArgumentNullException.ThrowIfNull(y);
        Check(x, y);
        options ??= KernelDistanceOptions.Default;
        var size = Math.Min(options.SubsetSize, Math.Min(x.Count, y.Count));
        var isSingleSet = size == x.Count && size == y.Count;
        var estimates = new double[isSingleSet ? 1 : options.Subsets];
        Parallel.For(0, estimates.Length, new ParallelOptions { CancellationToken = cancel }, subset =>
        {
            var random = new Random(Seeds.Derive(options.Seed, Seeds.Stream.KernelDistance, subset));
            estimates[subset] = Estimate(Draw(x, size, random), Draw(y, size, random));
        });
        var mean = estimates.Average();
        var deviation = Math.Sqrt(estimates.Average(estimate => (estimate - mean) * (estimate - mean)));
        return new KernelDistance(mean, deviation, estimates.Length);
    }

    private static void Check(IReadOnlyList<float[]> x, IReadOnlyList<float[]> y)
    {
        if (x.Count < 2 || y.Count < 2)
            throw new ArgumentException($"The sets have {x.Count} and {y.Count} vectors; expected at least two each.", nameof(x));
        var lengths = x.Concat(y).Select(vector => vector.Length).Distinct().ToArray();
        if (lengths.Length > 1 || lengths[0] == 0)
        {
            throw new ArgumentException(
                $"The vectors have {string.Join(", ", lengths)} features; expected equal numbers, from the same network.", nameof(x));
        }
    }

    /// <summary>Draws vectors without replacement: the first ones of a shuffle.</summary>
    private static double[][] Draw(IReadOnlyList<float[]> vectors, int count, Random random)
    {
        int[] order = [.. Enumerable.Range(0, vectors.Count)];
        for (var i = 0; i < count; i++)
        {
            var other = random.Next(i, order.Length);
            (order[i], order[other]) = (order[other], order[i]);
        }

        return [.. order.Take(count).Select(i => Array.ConvertAll(vectors[i], feature => (double)feature))];
    }

    private static double Estimate(double[][] x, double[][] y)
    {
        double m = x.Length;
        var within = SumOfKernels(x, x, isSame: true) + SumOfKernels(y, y, isSame: true);
        return within / (m * (m - 1)) - 2 * SumOfKernels(x, y, isSame: false) / (m * m);
    }

    /// <summary>Returns the sum over all pairs, or over all pairs of two different vectors if both sides are the same.</summary>
    private static double SumOfKernels(double[][] x, double[][] y, bool isSame)
    {
        double dimensions = x[0].Length;
        var sum = 0.0;
        for (var start = 0; start < x.Length; start += Tile)
        {
            for (var j = isSame ? start + 1 : 0; j < y.Length; j++)
            {
                var end = Math.Min(start + Tile, isSame ? Math.Min(x.Length, j) : x.Length);
                for (var i = start; i < end; i++)
                {
                    var kernel = TensorPrimitives.Dot<double>(x[i], y[j]) / dimensions + 1;
                    sum += kernel * kernel * kernel;
                }
            }
        }

        return isSame ? 2 * sum : sum;
    }
}

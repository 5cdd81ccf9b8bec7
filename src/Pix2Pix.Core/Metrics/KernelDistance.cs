using System.Numerics;

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
public sealed record KernelDistance(double Mean, double StandardDeviation, int Subsets)
{
    private const int Tile = 4; // vectors that are multiplied by one vector of the other set at a time

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
        var isWhole = size == x.Count && size == y.Count;
        var estimates = new double[isWhole ? 1 : options.Subsets];
        Parallel.For(0, estimates.Length, new ParallelOptions { CancellationToken = cancel }, subset =>
        {
            var random = new Random(Seeds.Derive(options.Seed, Seeds.Purpose.KernelDistance, subset));
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
                $"The vectors have {string.Join(", ", lengths)} features; expected those of one network.", nameof(x));
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
        Span<double> dots = stackalloc double[Tile];
        for (var start = 0; start < x.Length; start += Tile)
        {
            var tile = x.AsSpan(start, Math.Min(Tile, x.Length - start));
            for (var j = isSame ? start + 1 : 0; j < y.Length; j++)
            {
                Dots(tile, y[j], dots);
                foreach (var dot in dots[..(isSame ? Math.Min(tile.Length, j - start) : tile.Length)])
                {
                    var kernel = dot / dimensions + 1;
                    sum += kernel * kernel * kernel;
                }
            }
        }

        return isSame ? 2 * sum : sum;
    }

    private static void Dots(ReadOnlySpan<double[]> x, double[] y, Span<double> dots)
    {
        if (x.Length < Tile)
        {
            for (var i = 0; i < x.Length; i++)
                dots[i] = Dot(x[i], y, 0);
            return;
        }

        var (x0, x1, x2, x3) = (x[0], x[1], x[2], x[3]);
        var (sum0, sum1, sum2, sum3) = (Vector<double>.Zero, Vector<double>.Zero, Vector<double>.Zero, Vector<double>.Zero);
        var at = 0;
        for (; at <= y.Length - Vector<double>.Count; at += Vector<double>.Count)
        {
            var other = new Vector<double>(y, at);
            sum0 += new Vector<double>(x0, at) * other;
            sum1 += new Vector<double>(x1, at) * other;
            sum2 += new Vector<double>(x2, at) * other;
            sum3 += new Vector<double>(x3, at) * other;
        }

        dots[0] = Vector.Sum(sum0) + Dot(x0, y, at);
        dots[1] = Vector.Sum(sum1) + Dot(x1, y, at);
        dots[2] = Vector.Sum(sum2) + Dot(x2, y, at);
        dots[3] = Vector.Sum(sum3) + Dot(x3, y, at);
    }

    private static double Dot(double[] x, double[] y, int from)
    {
        var sum = 0.0;
        for (var i = from; i < x.Length; i++)
            sum += x[i] * y[i];
        return sum;
    }
}

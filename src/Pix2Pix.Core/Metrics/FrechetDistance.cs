using System.Numerics.Tensors;
using MathNet.Numerics.LinearAlgebra;

namespace Pix2Pix.Metrics;

/// <summary>
/// The Fréchet distance between two sets of features, each modeled as a Gaussian: |m1 - m2|^2 + tr(C1 + C2 - 2 (C1 C2)^(1/2)). With the
/// features of an Inception network, it is the FID of Heusel et al., "GANs trained by a two time-scale update rule converge to a local Nash
/// equilibrium", NeurIPS 2017, equation 6.
/// </summary>
internal static class FrechetDistance
{
    /// <summary>Computes the distance.</summary>
    /// <remarks>
    /// With C1 = B B^T, the matrix M = B^T C2 B is symmetric and has the eigenvalues of C1 C2. The trace of the root is therefore the sum
    /// of the square roots of M's eigenvalues, which are real even if a covariance is singular. Eigenvalues that rounding makes negative
    /// count as 0. The time is proportional to the cube of the number of dimensions. The distance increases as the number of vectors
    /// decreases, so compare only distances of equally large sets.
    /// </remarks>
    /// <param name="x">One set, with at least two vectors.</param>
    /// <param name="y">The other set, with the same dimensions.</param>
    /// <returns>0 for equal means and covariances, otherwise a larger value; symmetric up to rounding.</returns>
    /// <exception cref="ArgumentException">The dimensions differ.</exception>
    /// <exception cref="InvalidOperationException">A set has fewer than two vectors.</exception>
    public static double Between(FeatureStatistics x, FeatureStatistics y)
    {
        ArgumentNullException.ThrowIfNull(x);
        ArgumentNullException.ThrowIfNull(y);
        if (x.Dimensions != y.Dimensions)
        {
            throw new ArgumentException(
                $"The vectors have {x.Dimensions} and {y.Dimensions} features; expected equal numbers, from the same network.", nameof(y));
        }

        var (c1, c2) = (Matrix<double>.Build.DenseOfArray(x.Covariance()), Matrix<double>.Build.DenseOfArray(y.Covariance()));
        var between = x.Mean().Zip(y.Mean(), (m1, m2) => (m1 - m2) * (m1 - m2)).Sum();
        return Math.Max(0, between + c1.Trace() + c2.Trace() - 2 * TraceOfRoot(c1, c2));
    }

    private static double TraceOfRoot(Matrix<double> c1, Matrix<double> c2)
    {
        var eigen = c1.Evd(Symmetricity.Symmetric);
        var roots = eigen.EigenValues.Map(value => Math.Sqrt(Math.Max(value.Real, 0)));
        var b = eigen.EigenVectors.MapIndexed((_, column, value) => value * roots[column]);
        var m = b.TransposeThisAndMultiply(c2 * b);
        return m.Evd(Symmetricity.Symmetric).EigenValues.Sum(value => Math.Sqrt(Math.Max(value.Real, 0)));
    }
}

/// <summary>
/// Accumulates the mean and the covariance of feature vectors. The memory does not grow with the number of vectors: 8 bytes for each pair
/// of dimensions, 32 MiB for 2,048 dimensions. Not thread-safe.
/// </summary>
internal sealed class FeatureStatistics
{
    private const int BatchSize = 32; // vectors that are processed together while a row of sums is in the cache

    private readonly double[] _origin; // the first vector: sums of differences from it lose no digits to a large mean
    private readonly double[] _sums;
    private readonly double[][] _products; // the upper triangle
    private readonly double[][] _waiting;
    private int _waitingCount;

    /// <summary>Creates empty statistics.</summary>
    /// <param name="dimensions">The length of a vector, 1 to 16,384.</param>
    /// <exception cref="ArgumentOutOfRangeException">The number of dimensions is out of range.</exception>
    public FeatureStatistics(int dimensions)
    {
        Dimensions = Guard.InRange(dimensions, 1, 16_384, nameof(dimensions));
        _origin = new double[dimensions];
        _sums = new double[dimensions];
        _products = [.. Enumerable.Range(0, dimensions).Select(i => new double[dimensions - i])];
        _waiting = [.. Enumerable.Range(0, BatchSize).Select(_ => new double[dimensions])];
    }

    /// <summary>The length of a vector.</summary>
    public int Dimensions { get; }

    /// <summary>The number of vectors added.</summary>
    public int Count { get; private set; }

    /// <summary>Adds a vector.</summary>
    /// <param name="features">The features; as many as there are dimensions, all finite.</param>
    /// <exception cref="ArgumentException">The number of features is wrong, or not all of them are finite.</exception>
    public void Add(ReadOnlySpan<float> features)
    {
        if (features.Length != Dimensions)
        {
            throw new ArgumentException(
                $"The vector has {Pluralize.Of(features.Length, "feature")}; expected {Dimensions}.", nameof(features));
        }

        foreach (var feature in features)
        {
            if (!float.IsFinite(feature))
                throw new ArgumentException($"A feature is {feature}; expected a finite number.", nameof(features));
        }

        var vector = _waiting[_waitingCount++];
        for (var i = 0; i < vector.Length; i++)
        {
            if (Count == 0)
                _origin[i] = features[i];
            vector[i] = features[i] - _origin[i];
            _sums[i] += vector[i];
        }

        Count++;
        if (_waitingCount == BatchSize)
            MultiplyOut();
    }

    /// <summary>Returns the mean of the vectors.</summary>
    /// <returns>A new array.</returns>
    /// <exception cref="InvalidOperationException">No vector was added.</exception>
    public double[] Mean()
        => Count > 0
            ? [.. _sums.Select((sum, i) => _origin[i] + sum / Count)]
            : throw new InvalidOperationException("The mean of zero vectors is undefined. Add at least one vector first.");

    /// <summary>
    /// Returns the unbiased covariance of the vectors: the sum of the products of differences from the mean, divided by the number of
    /// vectors minus one.
    /// </summary>
    /// <returns>A new, symmetric matrix.</returns>
    /// <exception cref="InvalidOperationException">Fewer than two vectors were added.</exception>
    public double[,] Covariance()
    {
        if (Count < 2)
        {
            throw new InvalidOperationException(
                $"The covariance of {Pluralize.Of(Count, "vector")} is undefined. Add at least two vectors first.");
        }

        MultiplyOut();
        var covariance = new double[Dimensions, Dimensions];
        for (var i = 0; i < Dimensions; i++)
        {
            for (var j = i; j < Dimensions; j++)
            {
                var sum = _products[i][j - i] - _sums[i] * _sums[j] / Count;
                covariance[i, j] = covariance[j, i] = sum / (Count - 1);
            }
        }

        return covariance;
    }

    private void MultiplyOut()
    {
        for (var i = 0; i < Dimensions; i++)
        {
            for (var waiting = 0; waiting < _waitingCount; waiting++)
                TensorPrimitives.MultiplyAdd(_waiting[waiting].AsSpan(i), _waiting[waiting][i], _products[i], _products[i]);
        }

        _waitingCount = 0;
    }
}

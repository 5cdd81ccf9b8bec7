using System.Numerics.Tensors;

namespace Pix2Pix.Metrics;

/// <summary>
/// Accumulates the mean and the covariance of feature vectors. The memory does not grow with the number of vectors: 8 bytes for each pair
/// of dimensions, 32 MiB for 2,048 dimensions. Not thread-safe.
/// </summary>
public sealed class FeatureStatistics
{
    private const int Gathered = 32; // vectors that are processed together while a row of sums is in the cache

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
        _waiting = [.. Enumerable.Range(0, Gathered).Select(_ => new double[dimensions])];
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
            throw new ArgumentException($"The vector has {features.Length} features; expected {Dimensions}.", nameof(features));
        foreach (var feature in features)
        {
            if (!float.IsFinite(feature))
                throw new ArgumentException($"A feature is {feature}; expected finite numbers.", nameof(features));
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
        if (_waitingCount == Gathered)
            MultiplyOut();
    }

    /// <summary>Returns the mean of the vectors.</summary>
    /// <returns>A new array.</returns>
    /// <exception cref="InvalidOperationException">No vector was added.</exception>
    public double[] Mean()
        => Count > 0
            ? [.. _sums.Select((sum, i) => _origin[i] + sum / Count)]
            : throw new InvalidOperationException("There is no mean of zero vectors. Add at least one first.");

    /// <summary>
    /// Returns the unbiased covariance of the vectors: the sum of the products of differences from the mean, divided by the number of
    /// vectors minus one.
    /// </summary>
    /// <returns>A new, symmetric matrix.</returns>
    /// <exception cref="InvalidOperationException">Fewer than two vectors were added.</exception>
    public double[,] Covariance()
    {
        if (Count < 2)
            throw new InvalidOperationException($"There is no covariance of {Count} vectors. Add at least two first.");
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

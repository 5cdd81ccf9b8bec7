namespace Pix2Pix.Metrics;

/// <summary>The mean of a sequence of values, with equal weight for each value. Not thread-safe.</summary>
public sealed class RunningMean
{
    private double _sum;

    /// <summary>The number of values added.</summary>
    public int Count { get; private set; }

    /// <summary>The mean of the values added; infinite or NaN if one of them is.</summary>
    /// <exception cref="InvalidOperationException">No value was added.</exception>
    public double Mean => Count > 0
        ? _sum / Count
        : throw new InvalidOperationException("There is no mean of zero values. Add at least one value first.");

    /// <summary>Adds a value.</summary>
    /// <param name="value">The value.</param>
    public void Add(double value)
    {
        _sum += value;
        Count++;
    }
}

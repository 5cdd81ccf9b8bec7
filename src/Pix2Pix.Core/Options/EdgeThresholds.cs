namespace Pix2Pix;

/// <summary>The gradient thresholds of an edge. Immutable.</summary>
/// <remarks>
/// The unit is that of OpenCV's <c>Canny</c> with <c>L2gradient=True</c>: the magnitude of the gradient of the 3x3 Sobel operator, for
/// levels from 0 to 255. A sharp step from black to white has 1020 before smoothing.
/// </remarks>
public sealed record EdgeThresholds
{
    /// <summary>Creates a pair of thresholds.</summary>
    /// <param name="low">A line continues where the gradient is above this value. At least 0.</param>
    /// <param name="high">A line must exceed this value at one pixel or more. At least <paramref name="low"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException">
    /// A threshold is negative or not a number, or the high threshold is below the low one.
    /// </exception>
    public EdgeThresholds(double low, double high)
    {
        if (!(low >= 0 && double.IsFinite(low)))
            throw new ArgumentOutOfRangeException(nameof(low), low, $"The low threshold is {low}; expected a number of at least 0.");
        if (!(high >= low && double.IsFinite(high)))
        {
            throw new ArgumentOutOfRangeException(
                nameof(high), high, $"The high threshold is {high}; expected a number of at least the low one, {low}.");
        }

        (Low, High) = (low, high);
    }

    /// <summary>The low threshold: a line continues where the gradient is above it.</summary>
    public double Low { get; }

    /// <summary>The high threshold: a line must exceed it at one pixel or more.</summary>
    public double High { get; }
}

namespace Pix2Pix;

/// <summary>How steep an edge has to be. Immutable.</summary>
/// <remarks>
/// The unit is that of OpenCV's <c>Canny</c> with <c>L2gradient=True</c>: the length of the gradient that the 3x3 Sobel operator gives, of
/// levels from 0 to 255. A sharp step from black to white has 1020 before it is smoothed.
/// </remarks>
public sealed record EdgeThresholds
{
    /// <summary>Thresholds.</summary>
    /// <param name="low">A line goes on where the gradient is above this. At least 0.</param>
    /// <param name="high">A line has to be above this somewhere. At least <paramref name="low"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException">
    /// One of them is negative or no number, or the higher one is below the lower one.
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

    /// <summary>A line goes on where the gradient is above this.</summary>
    public double Low { get; }

    /// <summary>A line has to be above this somewhere.</summary>
    public double High { get; }
}

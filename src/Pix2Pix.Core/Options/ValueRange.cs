using System.Globalization;

namespace Pix2Pix;

/// <summary>The network values that correspond to the levels 0 and 255; the levels between are interpolated linearly.</summary>
public readonly record struct ValueRange
{
    /// <summary>Creates a range; <paramref name="white"/> may be less than <paramref name="black"/>.</summary>
    /// <param name="black">The value of level 0.</param>
    /// <param name="white">The value of level 255.</param>
    /// <exception cref="ArgumentException">Both values are the same, or one is not finite.</exception>
    public ValueRange(double black, double white)
    {
        if (!double.IsFinite(black) || !double.IsFinite(white) || (float)black == (float)white)
        {
            throw new ArgumentException(string.Create(
                CultureInfo.InvariantCulture, $"The range is {black} to {white}; expected two finite values that differ."));
        }

        (Black, White) = (black, white);
    }

    /// <summary>[-1, 1], the range of networks that end in tanh.</summary>
    public static ValueRange SignedUnit { get; } = new(-1, 1);

    /// <summary>[0, 1].</summary>
    public static ValueRange Unit { get; } = new(0, 1);

    /// <summary>[0, 255].</summary>
    public static ValueRange Bytes { get; } = new(0, 255);

    /// <summary>The value of level 0.</summary>
    public double Black { get; }

    /// <summary>The value of level 255.</summary>
    public double White { get; }

    /// <summary>The number of levels per unit.</summary>
    internal double LevelsPerUnit => 255 / (White - Black);
}

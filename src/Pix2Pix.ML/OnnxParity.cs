namespace Pix2Pix;

/// <summary>
/// The difference between the images of two runtimes, or of two formats of a model, for the same inputs, after rounding to bytes.
/// </summary>
/// <param name="MaxDifferenceInLevels">The largest difference of any value, in levels of 0 to 255.</param>
/// <param name="Images">The number of images compared.</param>
public sealed record OnnxParity(int MaxDifferenceInLevels, int Images)
{
    /// <summary>
    /// The largest difference, in levels, that rounding explains. With 32-bit weights, a larger difference is logged as a warning: the
    /// exported model may not match the trained one.
    /// </summary>
    public const int Tolerance = 2;

    /// <summary>Whether the difference is at most <see cref="Tolerance"/>.</summary>
    public bool IsWithinTolerance => MaxDifferenceInLevels <= Tolerance;
}

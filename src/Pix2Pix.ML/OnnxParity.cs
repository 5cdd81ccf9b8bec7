namespace Pix2Pix.ML;

/// <summary>
/// How far apart the pictures of two runtimes, or of two forms of a model, are for the same images, after rounding to bytes.
/// </summary>
/// <param name="MaxDifferenceInLevels">The largest difference of any value, in levels of 0 to 255.</param>
/// <param name="Images">The number of images compared.</param>
public sealed record OnnxParity(int MaxDifferenceInLevels, int Images)
{
    /// <summary>
    /// The largest difference, in levels, that rounding explains. A larger one with weights in 32 bits is a warning in the log: the
    /// exported model may not be the one that was trained.
    /// </summary>
    public const int Tolerance = 2;

    /// <summary>Whether the difference is at most <see cref="Tolerance"/>.</summary>
    public bool IsWithinTolerance => MaxDifferenceInLevels <= Tolerance;
}

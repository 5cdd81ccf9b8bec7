namespace Pix2Pix;

/// <summary>
/// Limits how much larger than its file a model may become in memory. Compression hardly reduces weights, and reduces dropout masks to
/// about a thirtieth; a file that is crafted to exhaust memory shrinks to a thousandth.
/// </summary>
internal static class Expansion
{
    /// <summary>The limit, as a multiple of the length of the file.</summary>
    public const int Limit = 100;

    /// <summary>A length that is accepted in any case.</summary>
    public const int Free = 1 << 24;

    /// <exception cref="InvalidDataException">The length exceeds the limit.</exception>
    /// <param name="length">The length in memory.</param>
    /// <param name="stored">The length in the file.</param>
    /// <param name="what">The subject of the error message: what has these lengths.</param>
    public static void Check(double length, double stored, string what)
    {
        if (length > Free && length > Limit * stored)
        {
            throw new InvalidDataException(
                $"{what} has {length:#,0} bytes, stored as {stored:#,0}; expected at most {Limit} times the stored length.");
        }
    }
}

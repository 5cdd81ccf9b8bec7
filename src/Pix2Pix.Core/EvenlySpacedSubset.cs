namespace Pix2Pix;

/// <summary>Some of many rows, evenly spread from the first on.</summary>
internal static class EvenlySpacedSubset
{
    /// <summary>
    /// Whether a row, from 0, is among <paramref name="max"/> of <paramref name="count"/> rows; all are where there are no more.
    /// </summary>
    public static bool Includes(int row, int count, int max) => count <= max || (long)row * max % count < max;
}

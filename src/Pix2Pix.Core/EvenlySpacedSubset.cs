namespace Pix2Pix;

/// <summary>Selects evenly spaced rows, starting with the first.</summary>
internal static class EvenlySpacedSubset
{
    /// <summary>
    /// Returns whether a row, counted from 0, is among <paramref name="max"/> of <paramref name="count"/> rows. If there are no more rows
    /// than that, all of them are included.
    /// </summary>
    public static bool Includes(int row, int count, int max) => count <= max || (long)row * max % count < max;
}

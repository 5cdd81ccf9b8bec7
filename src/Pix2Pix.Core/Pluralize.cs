namespace Pix2Pix;

/// <summary>Formats counts in messages.</summary>
internal static class Pluralize
{
    /// <summary>Formats a count, as in "1 row", "2 rows".</summary>
    public static string Of(long count, string noun) => count == 1 ? $"1 {noun}" : $"{count} {noun}s";
}

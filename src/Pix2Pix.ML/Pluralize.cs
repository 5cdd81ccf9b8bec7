namespace Pix2Pix.ML;

/// <summary>Numbers of things in messages.</summary>
internal static class Pluralize
{
    /// <summary>"1 row", "2 rows".</summary>
    public static string Of(int count, string noun) => count == 1 ? $"1 {noun}" : $"{count} {noun}s";
}

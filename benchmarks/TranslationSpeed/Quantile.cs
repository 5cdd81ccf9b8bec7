namespace TranslationSpeed;

/// <summary>Of figures that were measured.</summary>
internal static class Quantile
{
    /// <summary>The figure below which this share of them lies: 0.5 for the median.</summary>
    public static double Of(List<double> values, double share)
        => values.Order().ElementAt(Math.Min((int)(values.Count * share), values.Count - 1));
}

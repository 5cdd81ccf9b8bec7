namespace TranslationSpeed;

/// <summary>Computes quantiles of measurements.</summary>
internal static class Quantile
{
    /// <summary>Returns the value below which this fraction of the measurements lies: 0.5 for the median.</summary>
    public static double Of(List<double> values, double share)
        => values.Order().ElementAt(Math.Min((int)(values.Count * share), values.Count - 1));
}

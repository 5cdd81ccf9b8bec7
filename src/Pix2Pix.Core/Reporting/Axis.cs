using System.Globalization;

namespace Pix2Pix.Reporting;

/// <summary>The value range of a chart axis, with round tick values.</summary>
internal sealed record Axis
{
    private const int Parts = 4;

    private Axis(double low, double high, double step) => (Low, High, Step) = (low, high, step);

    public double Low { get; }

    public double High { get; }

    /// <summary>The distance between two ticks: 1, 2, 2.5 or 5 times a power of ten.</summary>
    public double Step { get; }

    public IEnumerable<double> Ticks => Enumerable.Range(0, (int)(((High - Low) / Step) + 1e-6) + 1).Select(i => Low + (i * Step));

    /// <summary>Creates an axis that contains all values, with about four steps.</summary>
    public static Axis Holding(double least, double most)
    {
        if (most - least < 1e-9 * Math.Max(1e-12, Math.Abs(most)))
            (least, most) = (Math.Min(0, least), Math.Max(least, most) <= 0 ? 1e-3 : most);
        var step = RoundStep(most - least);
        return new Axis(Math.Floor((least / step) + 0.001) * step, Math.Ceiling((most / step) - 0.001) * step, step);
    }

    /// <summary>Creates an axis from zero to exactly the given value.</summary>
    public static Axis UpTo(double end) => new(0, end, RoundStep(end));

    /// <summary>Formats a tick, with no more digits than the step requires.</summary>
    public string Label(double tick)
    {
        var digits = Math.Max(0, (int)Math.Ceiling(-Math.Log10(Step) - 1e-9));
        if (digits > 5 && tick != 0)
            return tick.ToString("0.#E+0", CultureInfo.InvariantCulture);
        return Math.Round(tick, digits + 1).ToString("0.#######", CultureInfo.InvariantCulture);
    }

    private static double RoundStep(double range)
    {
        var raw = range / Parts;
        var power = Math.Pow(10, Math.Floor(Math.Log10(raw)));
        return power * new[] { 1, 2, 2.5, 5, 10 }.First(step => power * step >= raw * 0.999);
    }
}

using System.Globalization;

namespace Pix2Pix.Reporting;

/// <summary>Draws curves over the epochs as inline SVG, in the colors of <see cref="ReportStyle"/>.</summary>
internal sealed class LineChart
{
    private const double Width = 400;
    private const double Height = 236;
    private const double Left = 56;
    private const double Right = 16; // half of a four-digit label
    private const double Top = 30;
    private const double Bottom = 40;
    private const int MostMarks = 60;

    private readonly Axis _x;
    private readonly Axis _y;

    private LineChart(Axis x, Axis y) => (_x, _y) = (x, y);

    /// <summary>Returns the chart with its title, axes and legend, or nothing if there are no points.</summary>
    /// <param name="title">The title.</param>
    /// <param name="curves">The curves over the epochs.</param>
    /// <param name="fromZero">Whether the axis starts at zero, unless there are values below it.</param>
    /// <param name="reference">A reference level and its meaning.</param>
    public static HtmlBuilder Draw(string title, IReadOnlyList<Curve> curves, bool fromZero = true, (double Level, string Text)? reference = null)
    {
        var html = new HtmlBuilder();
        curves = [.. curves.Where(curve => curve.Series.Points.Count > 0)];
        if (curves.Count == 0)
            return html;

        var shown = curves.SelectMany(Prominent).ToList();
        var (least, most) = (shown.Min(), shown.Max());
        if (reference is { } r)
            (least, most) = (Math.Min(least, r.Level), Math.Max(most, r.Level));
        var end = curves.Max(curve => curve.Series.Points[^1].X);
        var chart = new LineChart(Axis.UpTo(Math.Max(end, 1)), Axis.Holding(fromZero ? Math.Min(0, least) : least, most));

        html.Add($"<figure><figcaption>{title}</figcaption><svg viewBox='0 0 {Width} {Height}' role='img' aria-label='{Summary(title, curves)}'>");
        chart.AddAxes(html);
        if (reference is { } level)
            chart.AddReference(html, level.Level);
        foreach (var curve in curves)
            chart.AddCurve(html, curve);
        AddLegend(html, curves);
        html.Add($"</svg>");
        if (reference is { Text: var text })
            html.Add($"<p class='note'>{text}</p>");
        return html.Add($"</figure>");
    }

    // The axis range contains the smoothed curves, and the steps except for the highest and the lowest two percent.
    private static IEnumerable<double> Prominent(Curve curve)
    {
        if (curve.Style != CurveStyle.Noisy)
            return curve.Series.Points.Select(point => point.Y);
        var sorted = curve.Series.Points.Select(point => point.Y).Order().ToList();
        return [.. curve.Series.Smoothed().Select(point => point.Y), sorted[sorted.Count * 2 / 100], sorted[(sorted.Count - 1) * 98 / 100]];
    }

    private static string Summary(string title, IReadOnlyList<Curve> curves) => $"{title}: " + string.Join("; ", curves.Select(
        curve => string.Create(CultureInfo.InvariantCulture, $"{curve.Name}, last {curve.Series.Smoothed()[^1].Y:0.####}")));

    private void AddAxes(HtmlBuilder html)
    {
        foreach (var tick in _y.Ticks)
        {
            html.Add($"<line class='grid' x1='{Left}' x2='{Width - Right}' y1='{Y(tick):0.#}' y2='{Y(tick):0.#}'/>");
            html.Add($"<text x='{Left - 6}' y='{Y(tick) + 4:0.#}' text-anchor='end'>{_y.Label(tick)}</text>");
        }

        foreach (var tick in _x.Ticks)
            html.Add($"<text x='{X(tick):0.#}' y='{Height - Bottom + 17}' text-anchor='middle'>{_x.Label(tick)}</text>");
        html.Add($"<text x='{(Left + Width - Right) / 2}' y='{Height - 4}' text-anchor='middle'>epoch</text>");
    }

    private void AddReference(HtmlBuilder html, double level)
    {
        html.Add($"<line class='reference' x1='{Left}' x2='{Width - Right}' y1='{Y(level):0.#}' y2='{Y(level):0.#}'/>");
    }

    private void AddCurve(HtmlBuilder html, Curve curve)
    {
        var points = curve.Series.Points;
        if (curve.Style == CurveStyle.Noisy && points.Count > 1)
        {
            html.Add($"<polyline class='faint c{curve.Color}' points='{Line(points)}'/>");
            html.Add($"<polyline class='c{curve.Color}' points='{Line(curve.Series.Smoothed())}'/>");
            return;
        }

        html.Add($"<polyline class='c{curve.Color}' points='{Line(points)}'/>");
        if (curve.Style == CurveStyle.Plain || points.Count > MostMarks)
            return;
        foreach (var point in points)
            html.Add($"<circle class='c{curve.Color}' cx='{X(point.X):0.#}' cy='{Y(point.Y):0.#}' r='2.5'/>");
    }

    private static void AddLegend(HtmlBuilder html, IReadOnlyList<Curve> curves)
    {
        var x = Left;
        foreach (var curve in curves)
        {
            html.Add($"<line class='swatch c{curve.Color}' x1='{x}' x2='{x + 16}' y1='12' y2='12'/>");
            html.Add($"<text class='name' x='{x + 21}' y='16'>{curve.Name}</text>");
            x += 34 + (curve.Name.Length * 6.6); // about 6.6 units per letter: SVG does not lay out text
        }
    }

    private string Line(IEnumerable<(double X, double Y)> points)
        => string.Join(' ', points.Select(point => string.Create(CultureInfo.InvariantCulture, $"{X(point.X):0.#},{Y(point.Y):0.#}")));

    private double X(double epoch) => Left + ((Width - Left - Right) * (epoch - _x.Low) / (_x.High - _x.Low));

    // Values beyond the axis are drawn at its end.
    private double Y(double value)
        => Top + ((Height - Top - Bottom) * (1 - Math.Clamp((value - _y.Low) / (_y.High - _y.Low), 0, 1)));
}

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

/// <summary>A named line of a chart.</summary>
/// <param name="Name">The name in the legend.</param>
/// <param name="Color">The color, 1 to 4: one of the page's colors.</param>
/// <param name="Style">How it is drawn.</param>
/// <param name="Series">The points of the curve.</param>
internal sealed record Curve(string Name, int Color, CurveStyle Style, Series Series);

/// <summary>How a curve is drawn.</summary>
internal enum CurveStyle
{
    /// <summary>A line.</summary>
    Plain,

    /// <summary>A line with marked points, unless there are too many.</summary>
    Marked,

    /// <summary>A faint line with a running mean over it.</summary>
    Noisy,
}

/// <summary>
/// A curve of any number of values in bounded memory. Adjacent values share a bucket. If there are too many buckets, each two adjacent ones
/// are merged.
/// </summary>
internal sealed class Series
{
    /// <summary>The maximum number of buckets, which is more than a chart has pixels.</summary>
    private const int MostBuckets = 512;

    private readonly List<(double X, double Y)> _full = new(MostBuckets);
    private long _width = 1;
    private double _sum;
    private double _x;
    private long _count;

    /// <summary>The means of the buckets, each at the x of its last value. The last bucket may be incomplete.</summary>
    public IReadOnlyList<(double X, double Y)> Points => _count == 0 ? _full : [.. _full, (_x, _sum / _count)];

    /// <summary>Appends a value. A value that is not finite is ignored.</summary>
    public void Add(double x, double y)
    {
        if (!double.IsFinite(y))
            return;
        (_x, _sum, _count) = (x, _sum + y, _count + 1);
        if (_count < _width)
            return;
        _full.Add((_x, _sum / _count));
        (_sum, _count) = (0, 0);
        if (_full.Count == MostBuckets)
            Halve();
    }

    /// <summary>Returns the mean of each point and its neighbors, in total a twentieth of all points; fewer at the ends.</summary>
    public IReadOnlyList<(double X, double Y)> Smoothed()
    {
        var points = Points;
        var reach = points.Count / 40;
        return [.. points.Select((point, i) => (point.X, points.Skip(i - reach).Take(reach + 1 + Math.Min(i, reach)).Average(near => near.Y)))];
    }

    private void Halve()
    {
        for (var i = 0; i < MostBuckets / 2; i++)
            _full[i] = (_full[(2 * i) + 1].X, (_full[2 * i].Y + _full[(2 * i) + 1].Y) / 2);
        _full.RemoveRange(MostBuckets / 2, MostBuckets / 2);
        _width *= 2;
    }
}

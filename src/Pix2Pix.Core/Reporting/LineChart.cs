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

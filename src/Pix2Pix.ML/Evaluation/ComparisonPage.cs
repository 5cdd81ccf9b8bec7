using System.Globalization;
using System.Text;
using Pix2Pix.Imaging;
using Pix2Pix.Reporting;

namespace Pix2Pix.ML.Evaluation;

/// <summary>Shows translations and targets side by side on a self-contained HTML page.</summary>
internal static class ComparisonPage
{
    private const string Css = """
        .rows { display: grid; grid-template-columns: repeat(auto-fill, minmax(min(460px, 100%), 1fr)); gap: .7rem; }
        .row { background: var(--card); border: 1px solid var(--line); border-radius: 8px; padding: .7rem .9rem; }
        .row h3 { margin: 0; overflow-wrap: anywhere; }
        .images { display: grid; grid-template-columns: repeat(3, 1fr); gap: 6px; margin: .5rem 0 0; }
        .images figure { margin: 0; }
        .images img { width: 100%; height: auto; display: block; border-radius: 3px; image-rendering: pixelated; }
        """;

    /// <summary>Writes the file atomically.</summary>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public static void Write(ComparisonPageOptions options, RowScore score, ImageTranslationMetrics metrics, ComparedRows rows)
        => AtomicFile.Write(options.File, stream => stream.Write(Encoding.UTF8.GetBytes(ToHtml(options, score, metrics, rows))));

    private static string ToHtml(ComparisonPageOptions options, RowScore score, ImageTranslationMetrics metrics, ComparedRows rows)
    {
        var title = options.Title ?? "Translations and targets";
        var html = new HtmlBuilder();
        html.Add($"<!DOCTYPE html><html lang='en'><head><meta charset='utf-8'>");
        html.Add($"<meta name='viewport' content='width=device-width, initial-scale=1'>");
        html.Add($"<title>{title}</title><style>{ReportStyle.Css}{Css}</style></head><body><main>");
        html.Add($"<h1>{title}</h1><p>{rows.FromWorst.Count} of {metrics.Rows.Count} rows, sorted from worst to best by " +
            $"{RowMetric.NameOf(score)}.");
        if (rows.FromWorst.Count < metrics.Rows.Count)
            html.Add($" The first half of the page shows the worst rows; the second half samples the remaining scores evenly.");
        html.Add($"</p>");
        AddFigures(html, metrics);
        AddLabels(html, metrics.Labels);
        html.Add($"<h2>Rows</h2><div class='rows'>");
        foreach (var row in rows.FromWorst)
            AddRow(html, row);
        return html.Add($"</div></main></body></html>\n").ToString();
    }

    private static void AddFigures(HtmlBuilder html, ImageTranslationMetrics metrics)
    {
        html.Add($"<dl class='figures'>");
        foreach (var metric in RowMetric.All)
        {
            if (metric.OfAll(metrics) is { } value)
                Figure(metric.Name, $"{metric.Text(value)}", $"mean over the rows; {metric.Meaning}");
        }

        if (metrics.Colors is { } colors)
        {
            Figure(
                "Color histogram overlap",
                $"{colors.Lightness:0.00} {colors.A:0.00} {colors.B:0.00}",
                "L*, a* and b* over all pixels; 1 means identical");
        }

        if (metrics.Labels is { } labels)
        {
            Figure("Label accuracy", $"{labels.Accuracy:0.0%}", "of all pixels");
            Figure("Mean IoU", $"{labels.MeanIou:0.000}", "mean over the labels; 1 means identical");
        }

        if (metrics.Features is { } features)
        {
            Figure("FID", $"{features.Fid:0.00}", "0 means identical");
            Figure("KID", $"{features.Kid:0.00000}", "close to 0 for the same distribution");
        }

        html.Add($"</dl>");

        void Figure(string name, FormattableString value, string meaning)
            => html.Add($"<div><dt>{name}</dt><dd>{value.ToString(CultureInfo.InvariantCulture)}</dd><p>{meaning}</p></div>");
    }

    private static void AddLabels(HtmlBuilder html, LabelMetrics? labels)
    {
        if (labels is null)
            return;
        html.Add($"<h2>Labels</h2><table><tr><th>Label</th><th>IoU</th></tr>");
        for (var i = 0; i < labels.Iou.Count; i++)
        {
            var color = labels.Palette.Colors[i];
            html.Add($"<tr><td><span style='color:{color with { Label = null }}'>&#9632;</span> " +
                $"{color}</td><td>{labels.Iou[i]:0.000}</td></tr>");
        }

        html.Add($"</table>");
    }

    private static void AddRow(HtmlBuilder html, ComparedRow row)
    {
        var metrics = row.Metrics;
        html.Add($"<section class='row'><h3>Row {metrics.Row}");
        if (metrics.Name is { } name)
            html.Add($": {name}");
        html.Add($"</h3><p class='note'>{RowMetric.Describe(metric => metric.OfRow(metrics))}");
        if (metrics.Colors is { } colors)
            html.Add($", color overlap {colors.Lightness:0.00} {colors.A:0.00} {colors.B:0.00}");
        if (metrics.LabelAccuracy is { } accuracy)
            html.Add($", label accuracy {accuracy:0.0%}, mean IoU {metrics.MeanIou:0.000}");
        html.Add($"</p><div class='images'>");
        AddImage(html, "translation", row.Translation);
        AddImage(html, "target", row.Target);
        AddImage(html, $"difference x {ComparedRow.Gain}", row.Difference());
        html.Add($"</div></section>");
    }

    private static void AddImage(HtmlBuilder html, string name, PixelImage image)
        => html.Add($"<figure><img alt='{name}' " +
            $"src='data:image/png;base64,{Thumbnail.Base64(image)}'><figcaption>{name}</figcaption></figure>");
}

/// <summary>
/// The rows of the comparison page, from worst to best, in bounded memory: the worst rows are kept, and a selection of the others that is
/// spread over the scores.
/// </summary>
internal sealed class ComparedRows(ComparisonPageOptions options, RowScore score)
{
    private readonly List<ComparedRow> _rows = [];

    public IReadOnlyList<ComparedRow> FromWorst => _rows;

    public void Add(RowComparison row)
    {
        var quality = row.Metrics.Quality(score);
        var place = _rows.FindIndex(other => other.Quality > quality) is var better && better < 0 ? _rows.Count : better;
        _rows.Insert(place, new ComparedRow(row.Metrics, quality, row.Translation, row.Target));
        if (_rows.Count > options.Rows)
        {
            var removed = IndexToRemove();
            _rows.RemoveAt(removed);
            if (removed == place)
                return;
            place -= removed < place ? 1 : 0;
        }

        _rows[place] = _rows[place] with
        {
            Translation = Thumbnail.Of(row.Translation, options.ImageSide),
            Target = Thumbnail.Of(row.Target, options.ImageSide),
        };
    }

    // Among the rows after the worse half and before the best row, the one whose neighbors are closest to each other.
    private int IndexToRemove()
        => Enumerable.Range(options.Rows / 2, _rows.Count - 1 - (options.Rows / 2)).MinBy(i => _rows[i + 1].Quality - _rows[i - 1].Quality);
}

/// <summary>A row on the comparison page.</summary>
/// <param name="Metrics">The scores of the row.</param>
/// <param name="Quality">The score to sort by; higher is better.</param>
/// <param name="Translation">The downscaled translation.</param>
/// <param name="Target">The downscaled target, of the same size.</param>
internal sealed record ComparedRow(ImageRowMetrics Metrics, double Quality, PixelImage Translation, PixelImage Target)
{
    /// <summary>The factor by which differences are amplified; small differences would appear black.</summary>
    public const int Gain = 4;

    /// <summary>The absolute difference of both images, multiplied by <see cref="Gain"/>: black where they are equal.</summary>
    public PixelImage Difference() => new(
        Target.Width,
        Target.Height,
        [.. Translation.Pixels.Zip(Target.Pixels, (a, b) => (byte)Math.Min(255, Gain * Math.Abs(a - b)))]);
}

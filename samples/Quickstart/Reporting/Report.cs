using System.Net;
using System.Text;
using Pix2Pix.Imaging;

namespace Quickstart;

/// <summary>A run as one HTML file that needs no other: pictures are inside.</summary>
internal static class Report
{
    /// <summary>The page.</summary>
    public static string ToHtml(Run run)
    {
        StringBuilder html = new();
        html.Append($"<!DOCTYPE html><html lang='en'><head><meta charset='utf-8'><meta name='viewport' content='width=device-width'>");
        html.Append($"<title>pix2pix: {Text(run.Options.Source)}</title><style>{ReportStyle.Css}</style></head><body><main>");
        html.Append($"<h1>pix2pix <span>{Text(run.Options.Source)}</span></h1>");
        html.Append($"<p>{Story(run)}</p>");
        AddFigures(html, run);
        AddPictures(html, run.Test.Shown, run.Pairs.Test.Count);
        html.Append("<div class='tables'>");
        AddTable(html, "Options", Settings(run.Options));
        AddTable(html, "Environment", run.Environment);
        return html.Append("</div></main></body></html>\n").ToString();
    }

    private static string Story(Run run)
    {
        int epochs = run.Options.Epochs;
        double done = run.Losses.EpochsDone;
        string trained = done < epochs ? $"stopped after {done:0.##} of {epochs} epochs" : $"{epochs} epochs";
        string kept = run.Options.Test is null ? "every tenth pair by name, kept away from the training" : Text(run.Options.Test);
        return $"Learnt from {run.Pairs.Train.Count} pairs: {trained} in {run.Losses.Elapsed.TotalSeconds:0} s, "
            + $"{run.SecondsPerEpoch:0.0} s an epoch. "
            + "<a href='training/report.html'>How it learned</a>: the curves, and the same pairs from epoch to epoch. "
            + $"Saved, reloaded, and tested on {run.Pairs.Test.Count} pairs ({kept}).";
    }

    private static void AddFigures(StringBuilder html, Run run)
    {
        TestRun test = run.Test;
        html.Append("<dl class='figures'>");
        Add("L1", $"{test.Scores.L1:0.0000}", $"0 is equal; the mean target image has {test.MeanTargetL1:0.0000}");
        Add("PSNR", $"{test.Scores.Psnr:0.00} dB", "more is better");
        Add("SSIM", $"{test.Scores.Ssim:0.000}", "1 is equal");
        if (test.RedBlueIou is { } iou)
            Add("IoU", $"{iou:0.000}", "of the regions where red is above blue");
        Add("ONNX", $"{run.OnnxParityLevels:0.##}", "levels of 255 at most between the trained generator and its ONNX file");
        html.Append("</dl>");

        void Add(string name, string value, string meaning) =>
            html.Append($"<div><dt>{name}</dt><dd>{value}</dd><p>{meaning}</p></div>");
    }

    private static void AddPictures(StringBuilder html, IReadOnlyList<Translation> translations, int all)
    {
        html.Append("<h2>Test pairs</h2>");
        if (translations.Count < all)
            html.Append($"<p>{translations.Count} of {all}, evenly spread over their names.</p>");
        html.Append("<div class='rows'>");
        foreach (Translation row in translations)
        {
            html.Append($"<figure>{Picture(row.Input, "input")}{Picture(row.Output, "output")}{Picture(row.Target, "target")}");
            html.Append($"<figcaption>{Text(row.Name)}: input, output, target <span>L1 {row.Scores.L1:0.000}</span></figcaption></figure>");
        }

        html.Append("</div>");
    }

    private static string Picture(PixelImage image, string what)
    {
        string png = Convert.ToBase64String(Pictures.ToPng(image));
        return $"<img alt='{what}' width='{image.Width}' height='{image.Height}' src='data:image/png;base64,{png}'>";
    }

    private static void AddTable(StringBuilder html, string title, IEnumerable<KeyValuePair<string, string>> rows)
    {
        html.Append($"<section><h2>{title}</h2><table>");
        foreach (var (name, value) in rows)
            html.Append($"<tr><th>{Text(name)}</th><td>{Text(value)}</td></tr>");
        html.Append("</table></section>");
    }

    private static Dictionary<string, string> Settings(QuickstartOptions options) => new()
    {
        ["data"] = options.Data ?? "drawn objects",
        ["test"] = options.Test ?? "every tenth pair by name",
        ["direction"] = options.Direction.ToString(),
        ["size"] = $"{options.Size} x {options.Size}",
        ["filters"] = options.Filters.ToString(),
        ["norm"] = options.Norm.ToString().ToLowerInvariant(),
        ["batch"] = options.Batch.ToString(),
        ["epochs"] = options.Epochs.ToString(),
        ["learning rate"] = options.LearningRate.ToString(),
        ["augment"] = options.Augment ? "on" : "off",
        ["seed"] = options.Seed.ToString(),
        ["threads"] = options.Threads?.ToString() ?? "one for each core",
        ["statistics"] = options.Statistics.ToString().ToLowerInvariant(),
        ["dropout at test"] = options.DropoutAtTest ? "on" : "off",
    };

    private static string Text(string text) => WebUtility.HtmlEncode(text);
}

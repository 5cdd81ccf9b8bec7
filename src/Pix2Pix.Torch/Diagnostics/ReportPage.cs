using System.Globalization;
using Pix2Pix.Metrics;
using Pix2Pix.Reporting;
using Pix2Pix.Torch.Losses;

namespace Pix2Pix.Torch.Diagnostics;

/// <summary>A training as one HTML page that needs no other file: pictures and charts are inside.</summary>
internal static class ReportPage
{
    /// <summary>Between two looks of a browser at a training that goes on.</summary>
    private const int RefreshSeconds = 15;

    /// <summary>The page.</summary>
    public static string ToHtml(ReportContent content)
    {
        var html = new HtmlBuilder();
        html.Add($"<!DOCTYPE html><html lang='en'><head><meta charset='utf-8'>");
        html.Add($"<meta name='viewport' content='width=device-width, initial-scale=1'>");
        if (content.Status == ReportStatus.Running)
            html.Add($"<meta http-equiv='refresh' content='{RefreshSeconds}'>");
        html.Add($"<title>{content.Title}</title><style>{ReportStyle.Css}</style></head><body><main>");
        AddState(html, content);
        AddFigures(html, content);
        AddHints(html, content.Hints);
        AddSamples(html, content.Gallery);
        AddCharts(html, content);
        AddTables(html, content);
        return html.Add($"</main></body></html>\n").ToString();
    }

    private static void AddState(HtmlBuilder html, ReportContent content)
    {
        html.Add($"<h1>{content.Title}</h1><p><span class='state {content.Status}'>{Word(content.Status)}</span> ");
        if (content.Progress is not { } p)
        {
            html.Add($"{content.Pairs} pairs, {content.Training.Epochs} epochs.</p>");
        }
        else
        {
            html.Add($"Epoch {p.Epoch} of {p.Epochs}, step {p.Step} of {p.Steps}. {Time(p.Elapsed)} elapsed");
            if (content.Status == ReportStatus.Running)
                html.Add($", about {Time(p.Remaining)} remaining");
            html.Add($".</p><div class='bar'><i style='width:{100.0 * p.Step / p.Steps:0.##}%'></i></div>");
        }

        if (content.Note is { } note)
            html.Add($"<p class='{(content.Status == ReportStatus.Failed ? "failure" : "ending")}'>{note}</p>");
        html.Add($"<p class='note'>Written {content.Written:yyyy-MM-dd HH:mm:ss} UTC");
        if (content.Status == ReportStatus.Running)
            html.Add($"; the page refreshes every {RefreshSeconds} seconds");
        html.Add($". Files: <a href='losses.csv'>losses.csv</a>, <a href='validation.csv'>validation.csv</a>, ");
        html.Add($"<a href='hints.csv'>hints.csv</a>, <a href='samples/'>samples</a>.</p>");
        if (content.Status == ReportStatus.Running)
        {
            html.Add($"<p class='note'>This page is rewritten twice a minute during training, or after a step or validation that takes ");
            html.Add($"longer. If it is older than that, the training process has ended unexpectedly: it was killed, or its ");
            html.Add($"machine stopped.</p>");
        }
    }

    private static void AddFigures(HtmlBuilder html, ReportContent content)
    {
        if (content.Progress is not { } p)
            return;
        html.Add($"<dl class='figures'>");
        if (content.History.Losses[LossTerm.L1].Smoothed() is [.., var l1]) // none where a training went on with an empty folder
            Figure("Training L1", $"{l1.Y:0.0000}", $"running mean; 0 means identical, 1 is the maximum");
        if (content.History.Best is var (epoch, scores))
        {
            var others = ScoreKind.All.Zip(scores).Skip(1)
                .Select(pair => $"{pair.First.Name} {pair.Second.ToString(pair.First.Format, CultureInfo.InvariantCulture)}");
            Figure("Best validation L1", $"{scores[0]:0.0000}", $"epoch {epoch}; {string.Join(", ", others)}");
        }

        var step = p.StepTime / p.Step;
        Figure("Time per step", $"{Duration(step)}", $"batch {content.Training.BatchSize}, without waiting for data");
        Figure("Waiting for data", $"{p.DataShare:0.0%}", $"{p.DataTime.TotalSeconds:0.0} s, {p.StepTime.TotalSeconds:0.0} s of steps");
        html.Add($"</dl>");

        void Figure(string name, FormattableString value, FormattableString meaning) => html.Add(
            $"<div><dt>{name}</dt><dd>{value.ToString(CultureInfo.InvariantCulture)}</dd><p>{meaning.ToString(CultureInfo.InvariantCulture)}</p></div>");
    }

    private static void AddHints(HtmlBuilder html, IReadOnlyList<TrainingHint> hints)
    {
        if (hints.Count == 0)
            return;
        html.Add($"<h2>Hints</h2><ul class='hints'>");
        foreach (var hint in hints)
            html.Add($"<li><b>Epoch {hint.Epoch}, step {hint.Step}</b>{hint.Text}</li>");
        html.Add($"</ul>");
    }

    private static void AddSamples(HtmlBuilder html, Gallery gallery)
    {
        var epochs = gallery.Epochs;
        html.Add($"<h2>Samples</h2><div class='samples' style='--columns:{epochs.Count + 2};--few:{Math.Min(2, epochs.Count) + 2}'>");
        html.Add($"<span>input</span>");
        for (var i = 0; i < epochs.Count; i++)
            html.Add($"<span class='{Class(i)}'>epoch {epochs[i].Epoch}</span>");
        html.Add($"<span>target</span>");
        for (var sample = 0; sample < gallery.Names.Count; sample++)
        {
            var name = gallery.Names[sample];
            html.Add($"<img alt='{name}, input' title='{name}' src='data:image/png;base64,{gallery.Inputs[sample]}'>");
            for (var i = 0; i < epochs.Count; i++)
            {
                html.Add($"<img class='{Class(i)}' alt='{name}, epoch {epochs[i].Epoch}' ");
                html.Add($"data-of='{Gallery.Mark(epochs[i].Epoch, sample)}' src='data:image/png;base64,{epochs[i].Images[sample]}'>");
            }

            html.Add($"<img alt='{name}, target' src='data:image/png;base64,{gallery.Targets[sample]}'>");
        }

        html.Add($"</div>");

        // A phone shows the first and the last epoch.
        string Class(int i) => i == 0 || i == epochs.Count - 1 ? "end" : "between";
    }

    private static void AddCharts(HtmlBuilder html, ReportContent content)
    {
        var (history, losses) = (content.History, content.Training.Losses);
        if (history.LearningRate.Points.Count == 0)
            return;
        html.Add($"<h2>Curves</h2><div class='charts'>");
        html.Add(LineChart.Draw(
            "L1, 0 to 1",
            [Loss("training", 3, LossTerm.L1), new Curve("validation", 4, CurveStyle.Marked, history.Scores[ScoreKind.L1])]));
        html.Add(LineChart.Draw(
            "Adversarial losses",
            [Loss("discriminator", 1, LossTerm.Discriminator), Loss("generator, adversarial term", 2, LossTerm.Adversarial)],
            reference: ChanceLevel(losses)));
        html.Add(LineChart.Draw(
            "Other loss terms",
            [
                .. LossTerm.All.Except([LossTerm.Discriminator, LossTerm.Adversarial, LossTerm.L1])
                    .Select((loss, i) => (Loss: loss, Color: i + 1))
                    .Where(part => part.Loss.Weight(losses) > 0 && history.Losses[part.Loss].Points.Any(point => point.Y != 0))
                    .Select(part => Loss(part.Loss.Name, part.Color, part.Loss)),
            ]));
        foreach (var score in ScoreKind.All.Skip(1))
        {
            html.Add(LineChart.Draw(
                $"{score.Name} of the validation", [new Curve(score.Meaning, 4, CurveStyle.Marked, history.Scores[score])], fromZero: false));
        }

        html.Add(LineChart.Draw("Learning rate", [new Curve("of both networks", 2, CurveStyle.Plain, history.LearningRate)]));
        html.Add($"</div><p class='note'>Faint lines are means over a few steps, strong lines are running means. ");
        html.Add($"Adversarial losses need not fall; L1 and the samples show whether the model is improving.</p>");

        Curve Loss(string name, int color, LossTerm loss) => new(name, color, CurveStyle.Noisy, history.Losses[loss]);
    }

    private static (double Level, string Text) ChanceLevel(LossOptions losses)
    {
        var level = AdversarialLoss.Create(losses).ChanceLevel;
        var text = string.Create(CultureInfo.InvariantCulture, $"Dashed line: {level:0.##}, the loss of a discriminator at chance level.");
        return (level, text);
    }

    private static void AddTables(HtmlBuilder html, ReportContent content)
    {
        html.Add($"<h2>Options</h2><div class='tables'>");
        foreach (var (name, options) in content.Options)
        {
            var usual = options.Where(option => option.IsDefault).ToList();
            html.Add($"<section><h3>{name}</h3>");
            AddTable(html, options.Except(usual).Select(option => (option.Name, option.Value)));
            html.Add($"<details><summary>{usual.Count} more at their defaults</summary>");
            AddTable(html, usual.Select(option => (option.Name, option.Value)));
            html.Add($"</details></section>");
        }

        html.Add($"</div><h2>Environment</h2>");
        AddTable(html, content.Environment.Select(fact => (fact.Key, fact.Value)));
    }

    private static void AddTable(HtmlBuilder html, IEnumerable<(string Name, string Value)> rows)
    {
        html.Add($"<table>");
        foreach (var (name, value) in rows)
            html.Add($"<tr><th>{name}</th><td>{value}</td></tr>");
        html.Add($"</table>");
    }

    private static string Word(ReportStatus status) => status switch
    {
        ReportStatus.Running => "training",
        ReportStatus.Finished => "finished",
        ReportStatus.Stopped => "stopped",
        _ => "failed",
    };

    private static string Duration(TimeSpan time) => time.TotalSeconds < 10
        ? string.Create(CultureInfo.InvariantCulture, $"{time.TotalMilliseconds:0} ms")
        : string.Create(CultureInfo.InvariantCulture, $"{time.TotalSeconds:0.0} s");

    private static string Time(TimeSpan time) => string.Create(CultureInfo.InvariantCulture, $"{(int)time.TotalHours}:{time:mm\\:ss}");
}

/// <summary>All that a page shows.</summary>
internal sealed record ReportContent
{
    public required string Title { get; init; }

    public required ReportStatus Status { get; init; }

    /// <summary>How it ended, where there is something to say.</summary>
    public string? Note { get; init; }

    public required DateTimeOffset Written { get; init; }

    /// <summary>The pairs to learn from.</summary>
    public required int Pairs { get; init; }

    /// <summary>After the last step; null before the first one.</summary>
    public TrainingProgress? Progress { get; init; }

    public required TrainingOptions Training { get; init; }

    public required History History { get; init; }

    public required Gallery Gallery { get; init; }

    public required IReadOnlyList<TrainingHint> Hints { get; init; }

    /// <summary>Names and values of all options, by record.</summary>
    public required IReadOnlyList<(string Name, IReadOnlyList<OptionRow> Options)> Options { get; init; }

    public required IReadOnlyList<KeyValuePair<string, string>> Environment { get; init; }
}

/// <summary>Where a training stands, as its report shows it.</summary>
internal enum ReportStatus
{
    Running,
    Finished,
    Stopped,
    Failed,
}

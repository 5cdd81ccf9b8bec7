using System.Text.RegularExpressions;
using Microsoft.ML;
using static Pix2Pix.ML.Tests.Evaluation.EvaluatedRows;

namespace Pix2Pix.ML.Tests.Evaluation;

public sealed partial class ComparisonPageTests : IDisposable
{
    private readonly MLContext _context = new(seed: 1);
    private readonly string _folder = Directory.CreateTempSubdirectory("pix2pix-page-").FullName;

    private string Page => Path.Combine(_folder, "page.html");

    [Fact]
    public void Evaluate_FewRows_ShowsAllFromWorstToBest()
    {
        var rows = Noisy(6, 20).Reverse();

        _context.ImageTranslation.Evaluate(_context.View(rows), "Input", options: new() { Page = new() { File = Page } });

        var html = File.ReadAllText(Page);
        Assert.Equal([6, 5, 4, 3, 2, 1], RowsOf(html)); // the first translation is closest to its target
        Assert.Contains("<h1>Translations and targets</h1><p>6 of 6 rows, sorted from worst to best by SSIM.</p>", html);
        Assert.Equal(18, Regex.Count(html, "<img "));
        Assert.DoesNotContain("http", html);
    }

    [Fact]
    public void Evaluate_ManyRows_ShowsTheWorstAndSomeThatAreSpread()
    {
        var metrics = _context.ImageTranslation.Evaluate(
            _context.View(Noisy(60, 8).OrderBy(row => row.Name)), // one of any order
            "Input",
            options: new() { Page = new() { File = Page, Rows = 10, SortBy = RowScore.L1 } });

        int[] fromWorst = [.. metrics.Rows.OrderByDescending(row => row.L1).Select(row => (int)row.Row)];
        int[] ranks = [.. RowsOf(File.ReadAllText(Page)).Select(row => Array.IndexOf(fromWorst, row))];
        Assert.Equal(10, ranks.Length);
        Assert.Equal([0, 1, 2, 3, 4], ranks.Take(5));
        Assert.Equal(59, ranks[^1]);
        Assert.InRange(ranks.Skip(4).Zip(ranks.Skip(5), (a, b) => b - a).Max(), 2, 30);
    }

    [Fact]
    public void Evaluate_NamesWithMarkup_AreText()
    {
        _context.ImageTranslation.Evaluate(
            _context.View(Row(Solid(300, 1, 2, 3), Solid(300, 4, 5, 6), "<script>alert('x')</script>")),
            "Input",
            options: new() { FindPalette = false, Palette = new([new(1, 2, 3, "a<b"), new(4, 5, 6)]), Page = new() { File = Page, Title = "A & B" } });

        var html = File.ReadAllText(Page);
        Assert.DoesNotContain("<script>", html);
        Assert.Contains("<h1>A &amp; B</h1>", html);
        Assert.Contains("a&lt;b", html);
        Assert.Contains("by mean IoU", html);
    }

    [Fact]
    public void Evaluate_NoFolder_IsRejectedBeforeTheRowsAreRead()
    {
        var probe = new ProbeView(() => throw new InvalidOperationException("read"));
        var options = new EvaluationOptions { Page = new() { File = Path.Combine(_folder, "gone", "page.html") } };

        Assert.Throws<DirectoryNotFoundException>(() => _context.ImageTranslation.Evaluate(probe, "Input", "Input", options));
        Assert.Throws<IOException>(
            () => _context.ImageTranslation.Evaluate(probe, "Input", "Input", options with { Page = new() { File = _folder } }));
        Assert.Equal((0, 0), (probe.Read, probe.Open));
    }

    [Fact]
    public void Evaluate_FaultyRow_WritesNothingAndLeavesNoCursorOpen()
    {
        var probe = new ProbeView(() => TestImages.Input(1), () => throw new InvalidOperationException("no image"));

        Assert.Throws<ML.Data.PairDataException>(
            () => _context.ImageTranslation.Evaluate(probe, "Input", "Input", new() { Page = new() { File = Page } }));

        Assert.False(File.Exists(Page));
        Assert.Equal(0, probe.Open);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static int[] RowsOf(string html) => [.. RowTitle().Matches(html).Select(match => int.Parse(match.Groups[1].ValueSpan))];

    [GeneratedRegex("<h3>Row ([0-9]+)")]
    private static partial Regex RowTitle();
}

using System.Text.RegularExpressions;
using Pix2Pix.Torch.Diagnostics;
using Pix2Pix.Torch.Tests.Checkpoints;

namespace Pix2Pix.Torch.Tests.Diagnostics;

/// <summary>What the report of a resumed training shows of earlier runs.</summary>
[Collection(TorchCollection.Name)]
public sealed class ResumedReportTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private TrainingRun Run => new() { Report = new() { Folder = _folder.File("report") }, Checkpoints = new() { Folder = _folder.File("checkpoints") } };

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Train_FinishedOneRunAgain_ShowsTheSameCurvesAndFigures()
    {
        Train(epochs: 3);
        var before = Page();
        Train(epochs: 3);

        Assert.Contains("<h2>Curves</h2>", before);
        Assert.Equal(Part(before, "<h2>Curves</h2>", "<h2>Options</h2>"), Part(Page(), "<h2>Curves</h2>", "<h2>Options</h2>"));
        Assert.Equal(Part(before, "<dl class='figures'>", "</dl>"), Part(Page(), "<dl class='figures'>", "</dl>"));
        Assert.Contains("Epoch 3 of 3, step 9 of 9.", Page());
    }

    [Fact]
    public void Train_Resumed_ShowsTheCurvesAtOnce()
    {
        var first = new List<string>();
        Assert.Throws<InvalidOperationException>(() => Train(epochs: 3, p =>
        {
            if (p.Step == 5)
                throw new InvalidOperationException("crash");
        }));
        Train(epochs: 3, _ => first.Add(Page()));

        Assert.Contains("Epoch 1 of 3, step 3 of 9.", first[0]); // the first step does not write the page
        Assert.Contains("<figcaption>L1, 0 to 1</figcaption>", first[0]);
        Assert.Contains("<dt>Time per step</dt>", first[0]);
    }

    [Fact]
    public void Train_ResumedWithAnEmptyFolder_ShowsWhatItHas()
    {
        Train(epochs: 3);
        Directory.Delete(Run.Report!.Folder, recursive: true);
        Train(epochs: 3);

        Assert.DoesNotContain("<h2>Curves</h2>", Page());
        Assert.Contains("Epoch 3 of 3, step 9 of 9.", Page());
    }

    [Fact]
    public void Train_Resumed_KeepsTheHints()
    {
        Train(epochs: 2, rate: 0);
        Train(epochs: 2, rate: 0);

        Assert.Single(Regex.Matches(Page(), "<b>Epoch 1, step 1</b>The learning rate is 0 at step 1 of 6,"));
        var rows = File.ReadAllLines(_folder.File("report/hints.csv"));
        Assert.Equal("step,epoch,kind,text", rows[0]);
        Assert.StartsWith("1,1,LearningRateZero,\"The learning rate is 0 at step 1 of 6, ", Assert.Single(rows[1..]));
    }

    [Fact]
    public void HintLog_TextWithCommasAndQuotes_ComesBack()
    {
        var path = _folder.File("hints.csv");
        TrainingHint hint = new(TrainingHintKind.ReportNotWritten, 2, 30, "It said \"no\", twice\nin größe");
        using (var log = new HintLog(path, lastStep: 0))
            log.Add(hint);

        using (var again = new HintLog(path, lastStep: 30))
            Assert.Equal(hint with { Text = "It said \"no\", twice in größe" }, Assert.Single(again.Hints));
        using (var before = new HintLog(path, lastStep: 29))
            Assert.Empty(before.Hints);
    }

    [Fact]
    public void Train_WithAReport_ShowsAllOptions()
    {
        Train(epochs: 1);

        Assert.Matches("<h3>Inference</h3>.*<th>Statistics</th>.*<h3>Checkpoints</h3>.*<th>KeepLast</th>", Page());
        Assert.DoesNotContain("<h3>Validation</h3>", Page());
    }

    [Fact]
    public void Train_LongEpoch_ShowsSamplesWithinIt()
    {
        using var trainer = TinyTraining.Trainer(TinyTraining.Options with { Epochs = 1, BatchSize = 1 });
        var sheets = new List<bool>();
        var progress = new ProgressList(_ => sheets.Add(File.Exists(_folder.File("report/samples/epoch-0001.png"))));

        // Thirty seconds per step, so the twentieth ends after ten minutes.
        trainer.Train(TinyTraining.Pairs(30), new() { Report = Run.Report, Progress = progress, Clock = new SteadyTime() });

        Assert.InRange(sheets.IndexOf(true) + 1, 18, 22);
    }

    [Fact]
    public void Page_OfARunningTraining_ExplainsItsAge()
    {
        var pages = new List<string>();
        Train(epochs: 1, _ => pages.Add(Page()));

        Assert.Contains("the training process has ended unexpectedly", pages[0]);
        Assert.DoesNotContain("the training process has ended unexpectedly", Page());
    }

    private static string Part(string page, string from, string to)
    {
        var start = page.IndexOf(from, StringComparison.Ordinal);
        return page[start..page.IndexOf(to, start, StringComparison.Ordinal)];
    }

    private void Train(int epochs, Action<TrainingProgress>? then = null, double rate = 0.0002)
    {
        using var trainer = TinyTraining.Trainer(TinyTraining.Options with { Epochs = epochs, LearningRate = rate });
        trainer.Train(TinyTraining.Pairs(5), Run with { Progress = new ProgressList(then) });
    }

    private string Page() => File.ReadAllText(_folder.File("report/report.html"));
}

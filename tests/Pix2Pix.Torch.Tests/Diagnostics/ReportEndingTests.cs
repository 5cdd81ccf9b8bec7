using System.Text.RegularExpressions;
using Pix2Pix.Torch.Data;
using Pix2Pix.Torch.Diagnostics;
using static TorchSharp.torch;

namespace Pix2Pix.Torch.Tests.Diagnostics;

/// <summary>The report of a training that ends before its last step or is resumed.</summary>
[Collection(TorchCollection.Name)]
public sealed class ReportEndingTests : IDisposable
{
    private const string Refresh = "http-equiv='refresh'";

    private readonly string _folder = Directory.CreateTempSubdirectory().FullName;

    private ReportOptions Options => new() { Folder = Path.Combine(_folder, "new", "report"), Samples = 3, Title = "Cats & <dogs>" };

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Train_Stopped_ReportsItAndShowsTheTrainedModel()
    {
        using var stop = new CancellationTokenSource();
        using var trainer = TinyTraining.Trainer();
        var progress = new ProgressList(_ => stop.Cancel());

        trainer.Train(TinyTraining.Pairs(5), new() { Report = Options, Progress = progress, StopTraining = stop.Token });

        Assert.Contains("<span class='state Stopped'>stopped</span> Epoch 1 of 2, step 1 of 6.", Page());
        Assert.DoesNotContain(Refresh, Page());
        Assert.Contains("samples/epoch-0001.png", Files());
    }

    [Fact]
    public void Train_Canceled_LeavesAPageThatReportsIt()
    {
        using var cancel = new CancellationTokenSource();
        using var trainer = TinyTraining.Trainer();
        var progress = new ProgressList(_ => cancel.Cancel());

        Assert.Throws<OperationCanceledException>(
            () => trainer.Train(TinyTraining.Pairs(5), new() { Report = Options, Progress = progress, CancellationToken = cancel.Token }));

        Assert.Contains("<span class='state Stopped'>stopped</span>", Page());
        Assert.DoesNotContain(Refresh, Page());
    }

    [Fact]
    public void Train_Diverged_LeavesAPageWithTheError()
    {
        using var trainer = TinyTraining.Trainer();
        using (no_grad())
            trainer.Generator.parameters().First().fill_(double.NaN);

        var error = Assert.Throws<TrainingDivergedException>(() => trainer.Train(TinyTraining.Pairs(2), new() { Report = Options }));

        Assert.Contains("<span class='state Failed'>failed</span>", Page());
        Assert.Contains($"<p class='failure'>{System.Net.WebUtility.HtmlEncode(error.Message)}</p>", Page());
        Assert.DoesNotContain(Refresh, Page());
    }

    [Fact]
    public void Report_Resumed_ContinuesTheFilesOfTheFirstRun()
    {
        var pairs = TinyTraining.Pairs(2);
        using var trainer = TinyTraining.Trainer(TinyTraining.Options with { Epochs = 4 });
        trainer.Train(pairs, new() { Report = Options });
        var before = File.ReadAllLines(PathOf("losses.csv"));
        var clock = new TrainingClock(trainer.Options, pairs.Count, TimeProvider.System, TrainingPosition.Start with { Step = 2, Epoch = 3 });
        var samples = SampleSet.Of(trainer, Options.Samples, pairs, default);

        using (var report = TrainingReport.Open(new() { Report = Options }, trainer, clock, samples))
        {
            Assert.Equal(before[..3], File.ReadAllLines(PathOf("losses.csv")));
            report.End(ReportStatus.Running, note: null, translations: null);
        }

        Assert.Equal(["1", "2"], Regex.Matches(Page(), "data-of='([0-9]+)/0'").Select(match => match.Groups[1].Value));
        Assert.Contains("samples/epoch-0004.png", Files()); // overwritten when its epoch is repeated
    }

    [Fact]
    public void Train_CrashedAndResumed_HasTheRowsOfAnUninterruptedOne()
    {
        var options = TinyTraining.Options with { Epochs = 4 };
        var run = new TrainingRun { Report = Options, Checkpoints = new() { Folder = Path.Combine(_folder, "checkpoints") } };
        var crash = new ProgressList(p =>
        {
            if (p.Step == 5) // the checkpoint is that of step 3
                throw new InvalidOperationException("crash");
        });

        using (var trainer = TinyTraining.Trainer(options))
            Assert.Throws<InvalidOperationException>(() => trainer.Train(TinyTraining.Pairs(5), run with { Progress = crash }));
        Assert.Contains("<p class='failure'>crash</p>", Page());
        Assert.Equal(1 + 5, File.ReadAllLines(PathOf("losses.csv")).Length);
        using (var trainer = TinyTraining.Trainer(options))
            trainer.Train(TinyTraining.Pairs(5), run);
        var resumed = Rows();
        var page = Page();
        using (var trainer = TinyTraining.Trainer(options))
            trainer.Train(TinyTraining.Pairs(5), new() { Report = Options });

        Assert.Equal(Rows(), resumed);
        Assert.Equal(12, resumed.Length);
        string[] Pictures(string html) => [.. Regex.Matches(html, "data-of='[^>]*'>").Select(match => match.Value)];
        Assert.Equal(Pictures(Page()), Pictures(page)); // the images of the first epoch come from the page of the run that crashed

        // Everything except the times.
        string[] Rows() => [.. File.ReadAllLines(PathOf("losses.csv"))[1..].Select(row => string.Join(',', row.Split(',')[..^2]))];
    }

    [Fact]
    public void Train_EndedEarly_ReportsIt()
    {
        var validation = ImagePairs.ForValidation(TinyTraining.Generator, TinyTraining.Options);
        validation.Add(TestImages.Random(32, 32, seed: 50), TestImages.Random(32, 32, seed: 60));
        using var trainer = TinyTraining.Trainer(TinyTraining.Options with { Epochs = 9, LearningRate = 0 });

        trainer.Train(TinyTraining.Pairs(2), new() { Report = Options, ValidationSet = validation, Validation = new() { Patience = 2 } });

        Assert.Contains("<p class='ending'>Stopped early: the last 2 validations brought no improvement. The generator has the " +
            "weights of epoch 1, the best one.</p>", Page());
        Assert.Contains("<b>Epoch 1, step 1</b>The learning rate is 0 at step 1 of 9,", Page());
    }

    private string Page() => File.ReadAllText(PathOf("report.html"));

    private string PathOf(string name) => Path.Combine(Options.Folder, name);

    private string[] Files() => [.. Directory.GetFiles(Options.Folder, "*", SearchOption.AllDirectories)
        .Select(file => Path.GetRelativePath(Options.Folder, file).Replace('\\', '/')).Order(StringComparer.Ordinal)];
}

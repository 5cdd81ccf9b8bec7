using System.Text.RegularExpressions;
using Pix2Pix.Reporting;
using Pix2Pix.Torch.Data;

namespace Pix2Pix.Torch.Tests.Diagnostics;

/// <summary>The report folder that a training writes.</summary>
[Collection(TorchCollection.Name)]
public sealed class TrainingReportTests : IDisposable
{
    private const string Refresh = "http-equiv='refresh'";

    private readonly string _folder = Directory.CreateTempSubdirectory().FullName;

    private ReportOptions Options => new() { Folder = Path.Combine(_folder, "new", "report"), Samples = 3, Title = "Cats & <dogs>" };

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Train_WithAReport_FillsTheFolder()
    {
        using var trainer = TinyTraining.Trainer(TinyTraining.Options with { Epochs = 3 });

        trainer.Train(TinyTraining.Pairs(5), new() { Report = Options });

        Assert.Equal(
            ["hints.csv", "losses.csv", "report.html", "report.lock", "samples/epoch-0001.png", "samples/epoch-0002.png", "samples/epoch-0003.png", "samples/input.png",
                "samples/target.png", "validation.csv"],
            Files());
        var rows = File.ReadAllLines(PathOf("losses.csv"));
        Assert.Equal("step,epoch,pairs,discriminator,gradient_penalty,adversarial,feature_matching,l1,l2,learning_rate,seconds,data_seconds", rows[0]);
        Assert.Equal(["1", "2", "3", "4", "5", "6", "7", "8", "9"], rows[1..].Select(row => row.Split(',')[0]));
        Assert.Equal(["2", "4", "5", "7", "9", "10", "12", "14", "15"], rows[1..].Select(row => row.Split(',')[2]));

        var page = Page();
        Assert.Contains("<h1>Cats &amp; &lt;dogs&gt;</h1>", page);
        Assert.Contains("<span class='state Finished'>finished</span> Epoch 3 of 3, step 9 of 9.", page);
        Assert.DoesNotContain(Refresh, page);
        Assert.Equal(3 * (3 + 2), Regex.Count(page, "<img "));
        Assert.Contains("<th>Epochs</th><td>3</td>", page);
        Assert.Contains("<th>libtorch threads</th><td>1</td>", page);
        Assert.DoesNotContain("<h2>Hints</h2>", page);
        Assert.DoesNotContain("http://", page.Replace("http-equiv", string.Empty)); // nothing is loaded from other servers
    }

    [Fact]
    public void Train_WithAReport_TrainsIdentically()
    {
        float[] Train(ReportOptions? report)
        {
            using var trainer = TinyTraining.Trainer();
            trainer.Train(TinyTraining.Pairs(3), new() { Report = report });
            return TinyTraining.Weights(trainer);
        }

        Assert.Equal(Train(null), Train(Options));
    }

    [Fact]
    public void Train_WhileRunning_RefreshesThePageAfterEachEpoch()
    {
        using var trainer = TinyTraining.Trainer(TinyTraining.Options with { Epochs = 3 });
        var pages = new List<string>();
        var progress = new ProgressList(p =>
        {
            Assert.Equal(p.Step, File.ReadAllLines(PathOf("losses.csv")).Length - 1); // each row is written immediately
            pages.Add(Page());
        });

        trainer.Train(TinyTraining.Pairs(3), new() { Report = Options, Progress = progress });

        Assert.All(pages, page => Assert.Contains(Refresh, page));
        Assert.Equal(
            ["Epochs", "Epoch 1 of 3, step 2", "Epoch 1 of 3, step 2", "Epoch 2 of 3, step 4", "Epoch 2 of 3, step 4", "Epoch 3 of 3, step 6"],
            pages.Select(page => Regex.Match(page, "Epoch [0-9] of 3, step [0-9]").Value is { Length: > 0 } position ? position : "Epochs"));
    }

    [Fact]
    public void Train_LongEpoch_WritesAPageEveryThirtySeconds()
    {
        using var trainer = TinyTraining.Trainer(TinyTraining.Options with { Epochs = 1 });
        var steps = new List<string>();
        var progress = new ProgressList(_ => steps.Add(Regex.Match(Page(), "step ([0-9]+) of").Groups[1].Value));

        // Ten seconds per reading of the clock, so a step takes thirty.
        trainer.Train(TinyTraining.Pairs(8), new() { Report = Options, Progress = progress, Clock = new SteadyTime() });

        Assert.Equal(["1", "2", "3", "4"], steps);
    }

    [Fact]
    public void Train_EveryOtherEpoch_ShowsTheLastOneToo()
    {
        using var trainer = TinyTraining.Trainer(TinyTraining.Options with { Epochs = 5 });
        trainer.Train(TinyTraining.Pairs(1), new() { Report = Options with { EveryEpochs = 2 } });
        Assert.Equal(["epoch-0002.png", "epoch-0004.png", "epoch-0005.png"], Files().Where(file => file.Contains("epoch")).Select(Path.GetFileName));
    }

    [Fact]
    public void Train_SecondTraining_ReplacesTheFirst()
    {
        using var first = TinyTraining.Trainer(TinyTraining.Options with { Epochs = 4 });
        first.Train(TinyTraining.Pairs(1), new() { Report = Options });
        using var second = TinyTraining.Trainer();
        second.Train(TinyTraining.Pairs(1), new() { Report = Options });

        Assert.Equal(["epoch-0001.png", "epoch-0002.png"], Files().Where(file => file.Contains("epoch")).Select(Path.GetFileName));
        Assert.Equal(3, File.ReadAllLines(PathOf("losses.csv")).Length);
    }

    [Fact]
    public void Train_FolderIsAFile_FailsBeforeTheFirstStep()
    {
        var file = Path.Combine(_folder, "file");
        File.WriteAllText(file, string.Empty);
        using var trainer = TinyTraining.Trainer();
        var progress = new ProgressList();

        var error = Assert.Throws<IOException>(
            () => trainer.Train(TinyTraining.Pairs(1), new() { Report = Options with { Folder = file }, Progress = progress }));

        Assert.StartsWith($"The folder '{file}' cannot be used for a report: ", error.Message);
        Assert.EndsWith(" Choose another folder; each training run needs its own.", error.Message);
        Assert.Empty(progress.Reports);
    }

    [Fact]
    public void Train_PageCannotBeWrittenForAWhile_ContinuesAndReportsIt()
    {
        using var trainer = TinyTraining.Trainer(TinyTraining.Options with { Epochs = 4 });
        var progress = new ProgressList(p =>
        {
            if (p.Step == 1)
            {
                File.Delete(PathOf("report.html"));
                Directory.CreateDirectory(PathOf("report.html/in the way"));
            }

            if (p.Step == 3)
                Directory.Delete(PathOf("report.html"), recursive: true);
        });

        var summary = trainer.Train(TinyTraining.Pairs(1), new() { Report = Options, Progress = progress });

        Assert.Equal(4, summary.Steps);
        var hint = Assert.Single(progress.Reports.SelectMany(report => report.Hints));
        Assert.Equal((TrainingHintKind.ReportNotWritten, 3L), (hint.Kind, hint.Step));
        Assert.StartsWith("The report could not be written: ", hint.Text);
        Assert.Contains("<span class='state Finished'>", Page());
        Assert.Contains("The report could not be written: ", Page());
    }

    [Fact]
    public void Train_WithValidation_ShowsItsPairsScoresAndWhatIsKept()
    {
        var validation = ImagePairs.ForValidation(TinyTraining.Generator, TinyTraining.Options);
        for (var i = 0; i < 2; i++)
            validation.Add(TestImages.Random(32, 32, seed: 50 + i), TestImages.Random(32, 32, seed: 60 + i), $"held out {i}");
        using var trainer = TinyTraining.Trainer(TinyTraining.Options with { Epochs = 3 });

        var summary = trainer.Train(TinyTraining.Pairs(3), new() { Report = Options, ValidationSet = validation });

        var rows = File.ReadAllLines(PathOf("validation.csv"));
        Assert.Equal("step,epoch,l1,psnr,ssim,statistics,best", rows[0]);
        Assert.Equal(["2,1", "4,2", "6,3"], rows[1..].Select(row => string.Join(',', row.Split(',')[..2])));
        Assert.Equal(summary.Validations.Select(scores => scores.IsBest ? "1" : "0"), rows[1..].Select(row => row.Split(',')[^1]));
        var page = Page();
        Assert.Contains("title='held out 1'", page);
        Assert.Contains($"<p class='ending'>The generator has the weights of epoch {summary.Best!.Epoch}, the best one.</p>", page);
        Assert.Contains("<figcaption>Validation SSIM</figcaption>", page);
        Assert.Contains("<dt>Best validation L1</dt>", page);
    }

    [Fact]
    public void Environment_Always_NamesSystemAndLibraries()
    {
        var facts = RunEnvironment.Describe().ToDictionary();
        Assert.All(["System", "Processor", "Memory", ".NET", "Pix2Pix.Torch"], name => Assert.NotEmpty(facts[name]));
        Assert.DoesNotContain('+', facts["Pix2Pix.Torch"]);
    }

    private string Page() => File.ReadAllText(PathOf("report.html"));

    private string PathOf(string name) => Path.Combine(Options.Folder, name);

    private string[] Files() => [.. Directory.GetFiles(Options.Folder, "*", SearchOption.AllDirectories)
        .Select(file => Path.GetRelativePath(Options.Folder, file).Replace('\\', '/')).Order(StringComparer.Ordinal)];
}

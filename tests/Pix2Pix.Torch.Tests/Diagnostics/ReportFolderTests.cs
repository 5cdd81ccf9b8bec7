using Pix2Pix.Reporting;
using Pix2Pix.Torch.Tests.Checkpoints;

namespace Pix2Pix.Torch.Tests.Diagnostics;

/// <summary>Access to the report folder, and what happens if it is deleted during training.</summary>
[Collection(TorchCollection.Name)]
public sealed class ReportFolderTests : IDisposable
{
    private readonly TemporaryFolder _temporary = new();

    private string Folder => _temporary.File("report");

    public void Dispose() => _temporary.Dispose();

    [Fact]
    public void Train_FolderOfARunningTraining_IsRejectedAndUnchanged()
    {
        using var first = TinyTraining.Trainer();
        using var second = TinyTraining.Trainer();
        IOException? error = null;
        var seen = Array.Empty<string>();
        var progress = new ProgressList(p =>
        {
            if (p.Step != 3)
                return;
            error = Assert.Throws<IOException>(() => second.Train(TinyTraining.Pairs(3), new() { Report = new() { Folder = Folder } }));
            seen = [.. Directory.GetFiles(Path.Combine(Folder, "samples")).Select(path => Path.GetFileName(path)!)];
        });

        first.Train(TinyTraining.Pairs(3), new() { Report = new() { Folder = Folder }, Progress = progress });

        Assert.StartsWith($"The folder '{Folder}' cannot be used for a report: ", error!.Message);
        Assert.EndsWith(" Choose another folder; each training run needs its own.", error.Message);
        Assert.Contains("epoch-0001.png", seen);
        Assert.Equal(5, File.ReadAllLines(Path.Combine(Folder, "losses.csv")).Length);
    }

    [Fact]
    public void RequireFolders_OneThatIsInUse_IsRejected()
    {
        var run = new TrainingRun { Report = new() { Folder = Folder } };
        run.RequireFolders();
        using (new ReportFolder(Folder))
            Assert.Throws<IOException>(run.RequireFolders);
        run.RequireFolders();
        TrainingRun.Default.RequireFolders();
    }

    [Fact]
    public void Train_FolderDeletedMeanwhile_IsRecreatedWithAllRows()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "A file that is open may not be deleted there before it is closed.");
        using var trainer = TinyTraining.Trainer(TinyTraining.Options with { Epochs = 4 });
        var progress = new ProgressList(p =>
        {
            if (p.Step == 3)
                Directory.Delete(Folder, recursive: true);
        });

        trainer.Train(TinyTraining.Pairs(3), new() { Report = new() { Folder = Folder }, Progress = progress });

        Assert.Empty(progress.Reports.SelectMany(p => p.Hints));
        Assert.Equal(["1", "2", "3", "4", "5", "6", "7", "8"], File.ReadAllLines(Path.Combine(Folder, "losses.csv"))[1..].Select(row => row.Split(',')[0]));
        Assert.Contains("<span class='state Finished'>", File.ReadAllText(Path.Combine(Folder, "report.html")));
        Assert.Equal(
            ["epoch-0002.png", "epoch-0003.png", "epoch-0004.png", "input.png", "target.png"],
            Directory.GetFiles(Path.Combine(Folder, "samples")).Select(Path.GetFileName).Order(StringComparer.Ordinal));
    }
}

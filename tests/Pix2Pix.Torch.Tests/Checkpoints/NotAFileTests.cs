using System.Diagnostics;
using Pix2Pix.Torch.Import;

namespace Pix2Pix.Torch.Tests.Checkpoints;

/// <summary>Pipes, devices, folders and links in the place of files: none is waited for, read without end or hidden by another error.</summary>
[Collection(TorchCollection.Name)]
public sealed class NotAFileTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("pipe", "is a named pipe; expected a regular file.")]
    [InlineData("device", "is a device; expected a regular file.")]
    [InlineData("folder", "is a folder; expected a regular file.")]
    [InlineData("cycle", "")]
    public void Load_NotAFile_SaysWhatItIs(string kind, string error)
    {
        var path = Make(kind, _folder.File("net.pth"));
        var thrown = Assert.ThrowsAny<IOException>(() => PretrainedGenerator.Load(path));
        Assert.Contains(path, thrown.Message);
        Assert.Contains(error, thrown.Message);
    }

    [Theory]
    [InlineData("pipe", "is a named pipe; expected a regular file.")]
    [InlineData("device", "is a device; expected a regular file.")]
    [InlineData("cycle", "")]
    public void Train_NewestCheckpointIsNotAFile_SaysWhatItIs(string kind, string error)
    {
        var path = Make(kind, _folder.File("checkpoint-000000003.safetensors"));
        var thrown = Assert.ThrowsAny<IOException>(() => CheckpointedTraining.Run(new() { Folder = _folder.Path }));
        Assert.Contains(path, thrown.Message);
        Assert.Contains(error, thrown.Message);
    }

    [Theory]
    [InlineData("report.html", "pipe")]
    [InlineData("report.html", "device")]
    [InlineData("losses.csv", "pipe")]
    [InlineData("losses.csv", "device")]
    [InlineData("losses.csv", "folder")]
    [InlineData("validation.csv", "pipe")]
    [InlineData("hints.csv", "pipe")]
    public void Train_ReportOfAnotherKind_SaysSo(string name, string kind)
    {
        using var report = new TemporaryFolder();
        Train(report.Path, stopAfter: 4);
        File.Delete(report.File(name));
        Make(kind, report.File(name));

        var error = Assert.Throws<IOException>(() => Train(report.Path, stopAfter: null));

        Assert.StartsWith($"The folder '{report.Path}' cannot be used for a report: ", error.Message);
    }

    [Theory]
    [InlineData("losses.csv", "1,1,2,x,0,0,0,0,0,0,0,0,0", "the row of step 1 in")]
    [InlineData("hints.csv", "1,99999999999,Overfitting,text", "the row of step 1 in")]
    public void Train_ReportRowThatCannotBeRead_NamesFileAndRow(string name, string row, string expected)
    {
        using var report = new TemporaryFolder();
        Train(report.Path, stopAfter: 4);
        var header = File.ReadLines(report.File(name)).First();
        var cells = row.Split(',');
        File.WriteAllText(report.File(name), $"{header}\n{string.Join(',', cells.Take(header.Split(',').Length))}\n");

        var error = Assert.Throws<InvalidDataException>(() => Train(report.Path, stopAfter: null));

        Assert.Contains($"{expected} '{report.File(name)}' cannot be read: ", error.Message);
    }

    [Theory]
    [InlineData("")]
    [InlineData("a\0b")]
    public void Folders_NoPath_AreRefused(string path)
    {
        Assert.Equal("Folder", Assert.Throws<ArgumentException>(() => new CheckpointOptions { Folder = path }).ParamName);
        Assert.Equal("Folder", Assert.Throws<ArgumentException>(() => new ReportOptions { Folder = path }).ParamName);
    }

    private static string Make(string kind, string path)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows() && kind != "folder", "Windows has no such files in folders.");
        switch (kind)
        {
            case "pipe":
                using (var mkfifo = Process.Start("mkfifo", [path]))
                    mkfifo.WaitForExit();
                break;
            case "device":
                File.CreateSymbolicLink(path, "/dev/zero");
                break;
            case "folder":
                Directory.CreateDirectory(path);
                break;
            default:
                File.CreateSymbolicLink(path, path);
                break;
        }

        return path;
    }

    private void Train(string report, int? stopAfter)
    {
        using var stop = new CancellationTokenSource();
        using var trainer = TinyTraining.Trainer(CheckpointedTraining.Options, CheckpointedTraining.Generator);
        var progress = new ProgressList(p =>
        {
            if (p.Step == stopAfter)
                stop.Cancel();
        });
        trainer.Train(TinyTraining.Pairs(5, CheckpointedTraining.Options, CheckpointedTraining.Generator), new()
        {
            Checkpoints = new() { Folder = _folder.Path },
            Report = new() { Folder = report },
            Progress = progress,
            StopTraining = stop.Token,
        });
    }
}

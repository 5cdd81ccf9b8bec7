using System.Diagnostics;
using DrawnData;

namespace Pix2Pix.Samples.Tests;

/// <summary>Ctrl-C while a sample trains, and after that.</summary>
public sealed class CtrlCTests : IDisposable
{
    private const int Size = 32;

    private readonly SampleFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task WhileItTrainsTheTrainingEndsAndWhatWasLearntIsKept()
    {
        SkipOnWindows();
        using Process process = Sample.Start(_folder.Path, Sample.PathOf("EdgesToPhotos"), "--epochs", "100000", "--size", $"{Size}");
        string? line;
        do
            line = await process.StandardOutput.ReadLineAsync();
        while (line is not null && !line.StartsWith("Epoch 1 ", StringComparison.Ordinal));
        await Press(process);

        Sample.Wait(process).Succeeded();

        _folder.HasResults("out/EdgesToPhotos", Size, rows: 8);
    }

    // So many test pairs that they are still being translated when the key comes.
    [Theory]
    [InlineData("MapsToAerials", "comparison.html")]
    [InlineData("LabelsToPhotos", "comparison.html")]
    [InlineData("Quickstart", "report.html")]
    public async Task AfterTheTrainingItEndsTheProgram(string name, string last)
    {
        SkipOnWindows();
        Drawn.Pairs(DrawnKind.Maps, _folder.File("data"), new DrawnCounts(Train: 4, Validation: 0, Test: 1), Size, seed: 5);
        for (int i = 0; i < 4000; i++)
            File.Copy(_folder.File("data/test/001.png"), _folder.File($"data/test/copy-{i}.png"));

        string[] data = name == "Quickstart" ? ["--data", "data/train", "--test", "data/test", "--filters", "8"] : ["data"];
        using Process process = Sample.Start(
            _folder.Path, [Sample.PathOf(name), .. data, "--epochs", "1", "--size", $"{Size}", "--out", "here"]);
        Task<Sample> run = Task.Run(() => Sample.Wait(process));
        while (!File.Exists(_folder.File("here/model.zip")) && !run.IsCompleted)
            await Task.Delay(10);
        await Press(process);

        Sample ended = await run;
        Assert.True(ended.ExitCode > 1, $"Exit code {ended.ExitCode}. Errors:\n{ended.Errors}\nOutput:\n{ended.Output}"); // by the signal
        Assert.Empty(ended.Errors);
        Assert.False(File.Exists(_folder.File($"here/{last}")));
    }

    private static void SkipOnWindows()
        => Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no way to send Ctrl-C to another process alone.");

    private static async Task Press(Process process)
    {
        using Process kill = Process.Start("kill", ["-INT", $"{process.Id}"]);
        await kill.WaitForExitAsync();
    }
}

using System.Diagnostics;
using DrawnData;

namespace Pix2Pix.Samples.Tests;

/// <summary>Ctrl-C during and after the training of a sample.</summary>
public sealed class CtrlCTests : IDisposable
{
    private const int Size = 32;

    private readonly SampleFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("EdgesToPhotos", "out/EdgesToPhotos", "translations.png")]
    [InlineData("Quickstart", "out", "samples.png")]
    public async Task WhileItTrainsTheTrainingEndsAndTheModelIsKept(string name, string folder, string translations)
    {
        SkipOnWindows();
        using Process process = Sample.Start(_folder.Path, Sample.PathOf(name), "drawn", "100000", $"{Size}");
        string? line;
        do
            line = await process.StandardOutput.ReadLineAsync();
        while (line is not null && !line.StartsWith("Epoch 1 ", StringComparison.Ordinal));
        await Press(process);

        Sample.Wait(process).Succeeded();

        _folder.HasResults(folder, Size, rows: 8, translations: translations);
    }

    // Enough test pairs that they are still being translated when the signal arrives.
    [Theory]
    [InlineData("MapsToAerials")]
    [InlineData("LabelsToPhotos")]
    public async Task AfterTheTrainingItEndsTheProgram(string name)
    {
        SkipOnWindows();
        Drawn.Pairs(DrawnKind.Maps, _folder.File("data"), new DrawnCounts(Train: 4, Validation: 0, Test: 1), Size, seed: 5);
        for (int i = 0; i < 4000; i++)
            File.Copy(_folder.File("data/test/001.png"), _folder.File($"data/test/copy-{i}.png"));

        using Process process = Sample.Start(_folder.Path, Sample.PathOf(name), "data", "1", $"{Size}");
        Task<Sample> run = Task.Run(() => Sample.Wait(process));
        while (!File.Exists(_folder.File($"out/{name}/model.zip")) && !run.IsCompleted)
            await Task.Delay(10);
        await Press(process);

        Sample ended = await run;
        Assert.True(ended.ExitCode > 1, $"Exit code {ended.ExitCode}. Errors:\n{ended.Errors}\nOutput:\n{ended.Output}"); // ended by the signal
        Assert.Empty(ended.Errors);
        Assert.False(File.Exists(_folder.File($"out/{name}/comparison.html")));
    }

    private static void SkipOnWindows()
        => Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no way to send Ctrl-C to another process alone.");

    private static async Task Press(Process process)
    {
        using Process kill = Process.Start("kill", ["-INT", $"{process.Id}"]);
        await kill.WaitForExitAsync();
    }
}

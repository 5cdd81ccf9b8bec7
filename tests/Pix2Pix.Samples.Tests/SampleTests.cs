using System.Diagnostics;
using DrawnData;

namespace Pix2Pix.Samples.Tests;

/// <summary>Each sample, small: on its own drawings, on a folder as the public data sets have it, and on what cannot be used.</summary>
public sealed class SampleTests : IDisposable
{
    private const int Size = 32;

    private readonly SampleFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("EdgesToPhotos")]
    [InlineData("MapsToAerials")]
    [InlineData("LabelsToPhotos")]
    [InlineData("LabelsToPhotos", "--direction", "AtoB")]
    [InlineData("Colorize")]
    public void EachRunsOnItsOwnDrawings(string name, params string[] more)
    {
        Sample run = Sample.Run(_folder.Path, [Sample.PathOf(name), "--epochs", "1", "--size", $"{Size}", .. more]).Succeeded();

        _folder.HasResults($"out/{name}", Size, rows: 8);
        Assert.Contains("L1 0.", run.Output);
        Assert.Equal(more.Contains("AtoB"), run.Output.Contains("mean IoU"));
        Assert.Empty(run.Errors);
        if (name == "Colorize") // photographs are larger than what the network sees
            Assert.All(Directory.GetFiles(_folder.File("out/Colorize/colorized")), file => _folder.HasImage(file, 2 * Size, 2 * Size));
        else if (name != "EdgesToPhotos")
            _folder.HasImage($"out/{name}/pairs.png", 2 * Size, 8 * Size, margin: 80);
    }

    [Theory]
    [InlineData("EdgesToPhotos", DrawnKind.Edges, 0)]
    [InlineData("MapsToAerials", DrawnKind.Maps, 0)]
    [InlineData("LabelsToPhotos", DrawnKind.Fronts, 3)]
    public void FoldersAsThePublicDataSetsHaveThem(string name, DrawnKind kind, int test)
    {
        // Larger than what the network sees, as the public maps are.
        Drawn.Pairs(kind, _folder.File("data"), new DrawnCounts(Train: 4, Validation: 2, Test: test), size: 48, seed: 5);

        string[] small = ["--epochs", "1", "--size", $"{Size}", "--out", "here"];
        Sample run = Sample.Run(_folder.Path, [Sample.PathOf(name), "data", .. small]).Succeeded();

        int rows = test == 0 ? 2 : test; // those of val where there is no test
        _folder.HasResults("here", Size, rows, largest: 48); // inputs are shown as they are
        Assert.Contains($"{rows} test", run.Output);
    }

    [Fact]
    public void ColorizeTakesAFolderOfPhotographs()
    {
        Drawn.Photos(_folder.File("photos"), count: 12, size: 48, seed: 5);

        Sample.Run(_folder.Path, Sample.PathOf("Colorize"), "photos", "--epochs", "1", "--size", $"{Size}").Succeeded();

        _folder.HasResults("out/Colorize", Size, rows: 1);
    }

    [Theory]
    [InlineData("EdgesToPhotos")]
    [InlineData("MapsToAerials")]
    [InlineData("LabelsToPhotos")]
    [InlineData("Colorize")]
    public void AFolderThatIsNotThereIsNamedInOneLine(string name)
    {
        Sample run = Sample.Run(_folder.Path, Sample.PathOf(name), "nowhere");

        Assert.Equal(1, run.ExitCode);
        Assert.Contains("nowhere", Assert.Single(run.Errors.Split('\n', StringSplitOptions.RemoveEmptyEntries)));
    }

    [Fact]
    public void ArgumentsThatCannotBeUsedAreNamed()
    {
        Sample run = Sample.Run(_folder.Path, Sample.PathOf("MapsToAerials"), "--size", "50");

        Assert.Equal(1, run.ExitCode);
        Assert.Contains("'50'", run.Errors);
        Assert.False(Directory.Exists(_folder.File("out")));
    }

    [SkippableFact]
    public async Task CtrlCEndsTheTrainingAndKeepsWhatWasLearnt()
    {
        Skip.If(OperatingSystem.IsWindows(), "Windows has no way to send Ctrl-C to another process alone.");
        using Process process = Sample.Start(_folder.Path, Sample.PathOf("EdgesToPhotos"), "--epochs", "100000", "--size", $"{Size}");
        string? line;
        do
            line = await process.StandardOutput.ReadLineAsync();
        while (line is not null && !line.StartsWith("Epoch 1 ", StringComparison.Ordinal));
        using (Process kill = Process.Start("kill", ["-INT", $"{process.Id}"]))
            await kill.WaitForExitAsync();

        Sample.Wait(process).Succeeded();

        _folder.HasResults("out/EdgesToPhotos", Size, rows: 8);
    }

    [Fact]
    public void TheQuickstartWritesAllThatItsReadmeLists()
    {
        string[] small = ["--epochs", "1", "--size", $"{Size}", "--filters", "4"];
        Sample run = Sample.Run(_folder.Path, [Sample.PathOf("Quickstart"), .. small]).Succeeded();

        string[] files =
        [
            "pairs.png", "samples.png", "report.html", "training/report.html", "training/losses.csv", "training/validation.csv",
            "training/hints.csv", "metrics.json", "generator.onnx", "model.zip",
        ];
        Assert.All(files, file => Assert.True(new FileInfo(_folder.File($"out/{file}")).Length > 0, file));
        string[] translations = File.ReadAllLines(_folder.File("out/test/written.txt"));
        Assert.Equal(22, translations.Length);
        Assert.All(translations, file => _folder.HasImage($"out/test/{file}", Size, Size));
        Assert.Contains("198 pairs to learn from, 22 to test with", run.Output);
    }
}

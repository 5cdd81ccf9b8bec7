using DrawnData;

namespace Pix2Pix.Samples.Tests;

/// <summary>Each sample, small: on its own drawings, and on a folder as the public data sets have it.</summary>
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

    // A translation has its input's size, whatever the network's: otherwise it could not be scored against its target.
    [Theory]
    [InlineData(64, 40)]
    [InlineData(36, 52)]
    public void LabelsToPhotosTakesPairsThatAreNotSquare(int width, int height)
    {
        foreach (string name in (string[])["train/1", "train/2", "test/1", "test/2", "test/3"])
            _folder.AddImage($"fronts/{name}.png", 2 * width, height);

        Sample run = Sample.Run(
            _folder.Path, Sample.PathOf("LabelsToPhotos"), "fronts", "--epochs", "1", "--size", $"{Size}", "--out", "here").Succeeded();

        Assert.Contains("3 test", run.Output);
        _folder.HasImage("here/pairs.png", 2 * width, 2 * height, margin: 80);
        _folder.HasImage("here/translations.png", 3 * width, 3 * height, margin: 80);
        _folder.Translates("here/model.zip", (width, height), (width, height));
    }

    [Fact]
    public void ColorizeTakesAFolderOfPhotographs()
    {
        Drawn.Photos(_folder.File("photos"), count: 12, size: 48, seed: 5);

        Sample.Run(_folder.Path, Sample.PathOf("Colorize"), "photos", "--epochs", "1", "--size", $"{Size}").Succeeded();

        _folder.HasResults("out/Colorize", Size, rows: 1);
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

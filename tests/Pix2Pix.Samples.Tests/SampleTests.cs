using DrawnData;

namespace Pix2Pix.Samples.Tests;

/// <summary>Each sample at a small size: on its own drawings, and on a folder with the layout of the public datasets.</summary>
public sealed class SampleTests : IDisposable
{
    private const int Size = 32;

    private readonly SampleFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("EdgesToPhotos")]
    [InlineData("MapsToAerials")]
    [InlineData("LabelsToPhotos")]
    [InlineData("LabelsToPhotos", "AtoB")]
    [InlineData("Colorize")]
    public void EachRunsOnItsOwnDrawings(string name, params string[] more)
    {
        Sample run = Sample.Run(_folder.Path, [Sample.PathOf(name), "drawn", "1", $"{Size}", .. more]).Succeeded();

        _folder.HasResults($"out/{name}", Size, rows: 8);
        Assert.Contains("L1 0.", run.Output);
        Assert.Equal(more.Contains("AtoB"), run.Output.Contains("mean IoU"));
        Assert.Empty(run.Errors);
        if (name == "Colorize") // photographs are larger than the network's input
            Assert.All(Directory.GetFiles(_folder.File("out/Colorize/colorized")), file => _folder.HasImage(file, 2 * Size, 2 * Size));
        else if (name != "EdgesToPhotos")
            _folder.HasImage($"out/{name}/pairs.png", 2 * Size, 8 * Size, margin: 80);
    }

    [Theory]
    [InlineData("MapsToAerials", DrawnKind.Maps, 0)]
    [InlineData("LabelsToPhotos", DrawnKind.Fronts, 3)]
    public void FoldersAsThePublicDataSetsHaveThem(string name, DrawnKind kind, int test)
    {
        // Larger than the network's input, like the public maps.
        Drawn.Pairs(kind, _folder.File("data"), new DrawnCounts(Train: 4, Validation: 2, Test: test), size: 48, seed: 5);

        Sample run = Sample.Run(_folder.Path, Sample.PathOf(name), "data", "1", $"{Size}").Succeeded();

        int rows = test == 0 ? 2 : test; // those of val if there is no test folder
        _folder.HasResults($"out/{name}", Size, rows, largest: 48); // inputs are shown at their own size
        Assert.Contains($"{rows} test", run.Output);
    }

    // A translation has its input's size, not the network's; otherwise, it could not be scored against its target.
    [Theory]
    [InlineData(64, 40)]
    [InlineData(36, 52)]
    public void LabelsToPhotosTakesPairsThatAreNotSquare(int width, int height)
    {
        foreach (string name in (string[])["train/1", "train/2", "test/1", "test/2", "test/3"])
            _folder.AddImage($"fronts/{name}.png", 2 * width, height);

        Sample run = Sample.Run(_folder.Path, Sample.PathOf("LabelsToPhotos"), "fronts", "1", $"{Size}").Succeeded();

        Assert.Contains("3 test", run.Output);
        _folder.HasImage("out/LabelsToPhotos/pairs.png", 2 * width, 2 * height, margin: 80);
        _folder.HasImage("out/LabelsToPhotos/translations.png", 3 * width, 3 * height, margin: 80);
        _folder.Translates("out/LabelsToPhotos/model.zip", (width, height), (width, height));
    }

    [Theory]
    [InlineData("Colorize", Size)]
    [InlineData("EdgesToPhotos", 48)] // inputs are shown at their own size
    public void AFolderOfPhotographs(string name, int largest)
    {
        Drawn.Photos(_folder.File("photos"), count: 12, size: 48, seed: 5);

        Sample.Run(_folder.Path, Sample.PathOf(name), "photos", "1", $"{Size}").Succeeded();

        _folder.HasResults($"out/{name}", Size, rows: 1, largest);
    }

    [Fact]
    public void TheQuickstartWritesAllThatItsReadmeLists()
    {
        Sample run = Sample.Run(_folder.Path, Sample.PathOf("Quickstart"), "drawn", "1", $"{Size}").Succeeded();

        _folder.HasResults("out", Size, rows: 8, translations: "samples.png");
        _folder.HasImage("out/pairs.png", 2 * Size, 8 * Size, margin: 80);
        string[] files = ["losses.csv", "validation.csv", "hints.csv", "samples/epoch-0001.png"];
        Assert.All(files, file => Assert.True(new FileInfo(_folder.File($"out/training/{file}")).Length > 0, file));
        Assert.Contains("Epoch 1 of 1: ", run.Output);
        Assert.Contains(" remaining", run.Output);
        Assert.Matches("[1-3][0-9] test pairs: L1 0[.][0-9]{4}, PSNR [0-9.]+ dB, SSIM 0[.][0-9]{3}", run.Output);
        foreach (string file in (string[])["samples.png", "comparison.html", "training/report.html", "generator.onnx", "model.zip"])
            Assert.Contains($"  {file} ", run.Output);
        Assert.Contains(Path.Combine(Path.GetFileName(_folder.Path), "out"), run.Output);
        Assert.Empty(run.Errors);
    }

    [Fact]
    public void TheQuickstartTakesAFolderOfPairsThatAreNotSquare()
    {
        for (int i = 0; i < 20; i++)
            _folder.AddImage($"pairs/{i}.png", 72, 52);

        Sample.Run(_folder.Path, Sample.PathOf("Quickstart"), "pairs", "1", $"{Size}").Succeeded();

        _folder.HasImage("out/pairs.png", 2 * 36, 8 * 52, margin: 80);
        _folder.Translates("out/model.zip", (36, 52), (36, 52));
    }
}

using DrawnData;
using Microsoft.ML;

namespace Pix2Pix.Samples.Tests;

/// <summary>The sample without a project, built and run from its source file.</summary>
public sealed class ShortestTests : IDisposable
{
    private readonly SampleFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void ItRunsFromItsSource()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "The file names libtorch's package for Linux.");
        Drawn.Pairs(DrawnKind.Edges, _folder.File("data"), new DrawnCounts(Train: 4, Validation: 0), size: 64, seed: 5);

        Sample.Run(_folder.Path, "run", Sample.PathOf("Shortest"), "--", "data/train").Succeeded();

        _folder.HasImage("out/Shortest/translations.png", 3 * 64, 4 * 64, margin: 80);
        using var model = new MLContext().ImageTranslation.LoadModel(_folder.File("out/Shortest/model.zip"), out _);
        Assert.NotNull(model.LastTransformer);
    }

    [Fact]
    public void FileBasedApplication_NoPropertySet_TrainsResumesLoadsAndTranslates()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "The file names libtorch's package for Linux.");
        Drawn.Pairs(DrawnKind.Edges, _folder.File("data"), new DrawnCounts(Train: 4, Validation: 0), size: 32, seed: 5);
        string image = Directory.GetFiles(_folder.File("data/train"))[0];

        Sample run = Sample.Run(_folder.Path, "run", Sample.PathOf("FileBased"), "--", "data/train", image).Succeeded();

        Assert.EndsWith("reflection False", run.Output.TrimEnd());
        Assert.Equal(File.ReadAllBytes(_folder.File("opened.png")), File.ReadAllBytes(_folder.File("loaded.png")));
    }

    [Fact]
    public void AFolderThatCannotBeUsedIsNamedInOneLine()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "The file names libtorch's package for Linux.");

        Sample run = Sample.Run(_folder.Path, "run", Sample.PathOf("Shortest"), "--", "nowhere");

        Assert.Equal(1, run.ExitCode);
        Assert.Equal($"The folder '{_folder.File("nowhere")}' does not exist; expected a folder with images.", run.Errors.TrimEnd());
    }
}

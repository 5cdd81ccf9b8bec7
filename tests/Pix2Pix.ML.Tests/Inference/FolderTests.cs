using Microsoft.ML.Data;
using Pix2Pix.Imaging;

namespace Pix2Pix.ML.Tests.Inference;

public sealed class FolderTests : IClassFixture<TrainedModel>, IDisposable
{
    private readonly TrainedModel _model;
    private readonly string _root = Directory.CreateTempSubdirectory("pix2pix-folder-").FullName;

    public FolderTests(TrainedModel model)
    {
        _model = model;
        Directory.CreateDirectory(From);
    }

    private string From => Path.Combine(_root, "from");

    private string To => Path.Combine(_root, "not", "yet", "there");

    [Fact]
    public void TranslateFolder_GoodAndBadFiles_WritesTheGoodAndListsTheBad()
    {
        Save("b.png", 1);
        Save("a.PNG", 2, 50, 40);
        File.WriteAllText(Path.Combine(From, "c.jpg"), "no image");
        File.WriteAllBytes(Path.Combine(From, "d.png"), []);
        Save("e.png", 5);
        File.WriteAllBytes(Path.Combine(From, "e.png"), File.ReadAllBytes(Path.Combine(From, "e.png"))[..^20]);
        File.WriteAllText(Path.Combine(From, "notes.txt"), "not an image, and not asked for");
        List<ImageProgress> progress = [];

        var folder = _model.Transformer.TranslateFolder(From, To, new Recorder(progress));

        Assert.Equal(["a.png", "b.png"], folder.Written.Select(path => Path.GetRelativePath(To, path)));
        Assert.Equal(["c.jpg", "d.png", "e.png"], folder.Skipped.Select(image => Path.GetRelativePath(From, image.File)));
        Assert.All(folder.Skipped, image => Assert.NotEmpty(image.Reason));
        Assert.Equal(["a.png", "b.png"], Files(To));
        Assert.Equal([1, 2, 3, 4, 5], progress.Select(p => p.Done));
        Assert.Equal((5, TimeSpan.Zero), (progress[^1].Total, progress[^1].Remaining));
        foreach (var (file, seed, width, height) in (ReadOnlySpan<(string, int, int, int)>)[("b.png", 1, 32, 32), ("a.png", 2, 50, 40)])
        {
            using var image = TestImages.Input(seed, width, height);
            using var expected = _model.Transformer.Translate(image);
            using var found = MLImage.CreateFromFile(Path.Combine(To, file));
            Assert.Equal(TestImages.Hash(expected), TestImages.Hash(found));
        }
    }

    [Fact]
    public void TranslateFolder_OtherExtension_WritesThatFormat()
    {
        Save("a.png", 1);

        var folder = _model.Transformer.TranslateFolder(From, To, extension: ".jpg", quality: 80);

        Assert.Equal([Path.Combine(To, "a.jpg")], folder.Written);
        Assert.Equal([0xFF, 0xD8, 0xFF], File.ReadAllBytes(Path.Combine(To, "a.jpg"))[..3]);
        Assert.Throws<ArgumentException>(() => _model.Transformer.TranslateFolder(From, To, extension: "jpg"));
    }

    [Fact]
    public void TranslateFileAndFolder_MorePixelsThanAllowed_NamesTheLimit()
    {
        Save("a.png", 1, 32, 32);
        Save("b.png", 2, 33, 32);
        var (large, to) = (Path.Combine(From, "b.png"), Path.Combine(_root, "to.png"));
        using var transformer = _model.Transformer.With(execution: new ExecutionOptions { MaxPixels = 32 * 32 });

        var error = Assert.Throws<InvalidDataException>(() => transformer.TranslateFile(large, to));
        var folder = transformer.TranslateFolder(From, To);

        var message = $"'{large}' is 33x32, more than MaxPixels (1,024); resize it, cut it into parts, or set MaxPixels.";
        Assert.Equal(message, error.Message);
        Assert.Equal([new SkippedImage(large, message)], folder.Skipped);
        Assert.Equal(["a.png"], Files(To));
    }

    [Fact]
    public void TranslateFile_NoImage_NamesTheFile()
    {
        var (text, gone, to) = (Path.Combine(From, "text.png"), Path.Combine(From, "gone.png"), Path.Combine(_root, "to.png"));
        File.WriteAllText(text, "no image");

        var error = Assert.Throws<InvalidDataException>(() => _model.Transformer.TranslateFile(text, to));

        Assert.Contains($"'{text}' is not an image that can be decoded", error.Message);
        Assert.Equal(
            $"The file '{gone}' does not exist; expected an image.",
            Assert.Throws<FileNotFoundException>(() => _model.Transformer.TranslateFile(gone, to)).Message);
        Assert.False(File.Exists(to));
    }

    [Fact]
    public void TranslateFolder_SameNames_AreRejectedTogether()
    {
        foreach (var name in (string[])["a.png", "a.jpg", "b.bmp", "B.png", "c.png"])
            Save(name, 1);

        var error = Assert.Throws<ArgumentException>(() => _model.Transformer.TranslateFolder(From, To));

        Assert.Contains("their translations would have the same name", error.Message);
        Assert.Contains("a.jpg and a.png: a.png", error.Message);
        Assert.False(Directory.Exists(To));
    }

    [Fact]
    public void TranslateFolder_ThroughALinkOntoItself_IsRejected()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Links need rights there.");
        Save("a.png", 1);
        var link = Path.Combine(_root, "link");
        Directory.CreateSymbolicLink(link, From);
        var before = File.ReadAllBytes(Path.Combine(From, "a.png"));

        Assert.Throws<ArgumentException>(() => _model.Transformer.TranslateFolder(From, link));
        Assert.Throws<ArgumentException>(() => _model.Transformer.TranslateFile(Path.Combine(From, "a.png"), Path.Combine(link, "a.png")));
        Assert.Equal(before, File.ReadAllBytes(Path.Combine(From, "a.png")));
    }

    [Fact]
    public void TranslateFolder_AFailureOfTheNetwork_IsNotAFailureOfTheFile()
    {
        Save("a.png", 1);
        using var gone = _model.Transformer.With(new SizingOptions());
        gone.Dispose();

        Assert.Throws<ObjectDisposedException>(() => gone.TranslateFolder(From, To));
    }

    [Fact]
    public void TranslateFolder_OntoItself_IsRejected()
    {
        Save("a.png", 1);

        var error = Assert.Throws<ArgumentException>(() => _model.Transformer.TranslateFolder(From, Path.Combine(From, "..", "from")));

        Assert.Contains("would overwrite the images", error.Message);
    }

    [Fact]
    public void TranslateFolder_ALinkToItsOwnTranslation_IsRejected()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Links need rights there.");
        Directory.CreateDirectory(To);
        using (var image = TestImages.Input(1))
            image.Save(Path.Combine(To, "a.png"));
        var photo = File.ReadAllBytes(Path.Combine(To, "a.png"));
        File.CreateSymbolicLink(Path.Combine(From, "a.png"), Path.Combine(To, "a.png"));
        Save("b.png", 2);

        var error = Assert.Throws<ArgumentException>(() => _model.Transformer.TranslateFolder(From, To));

        Assert.Contains("The translations would overwrite 1 input image that the folder links to", error.Message);
        Assert.Equal(photo, File.ReadAllBytes(Path.Combine(To, "a.png")));
    }

    [Fact]
    public void TranslateFolder_ALinkToTheTranslationOfAnother_IsRejected()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Links need rights there.");
        Directory.CreateDirectory(To);
        File.WriteAllText(Path.Combine(To, "b.png"), "an original");
        File.CreateSymbolicLink(Path.Combine(From, "a.png"), Path.Combine(To, "b.png"));
        Save("b.png", 2);

        Assert.Throws<ArgumentException>(() => _model.Transformer.TranslateFolder(From, To));

        Assert.Equal("an original", File.ReadAllText(Path.Combine(To, "b.png")));
    }

    [Fact]
    public void TranslateFolder_LinksInACircleAndTranslationsThatAreLinks_DoNotEndIt()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Links need rights there.");
        Directory.CreateDirectory(To);
        File.CreateSymbolicLink(Path.Combine(From, "x.png"), Path.Combine(From, "y.lnk"));
        File.CreateSymbolicLink(Path.Combine(From, "y.lnk"), Path.Combine(From, "x.png"));
        Save("b.png", 2);
        File.CreateSymbolicLink(Path.Combine(To, "b.png"), Path.Combine(From, "b.png")); // is replaced, not followed
        var photo = File.ReadAllBytes(Path.Combine(From, "b.png"));

        var folder = _model.Transformer.TranslateFolder(From, To);

        Assert.Equal([Path.Combine(From, "x.png")], folder.Skipped.Select(image => image.File));
        Assert.Equal([Path.Combine(To, "b.png")], folder.Written);
        Assert.Equal(photo, File.ReadAllBytes(Path.Combine(From, "b.png")));
    }

    [Fact]
    public void TranslateFolder_Progress_NamesFilesThatAreThere()
    {
        for (var i = 0; i < 6; i++)
            Save($"{i}.png", i, 300, 200);
        List<bool> there = [];
        var progress = new Recorder([], onReport: p => there.Add(File.Exists(Path.Combine(To, $"{Path.GetFileNameWithoutExtension(p.File)}.png"))));

        _model.Transformer.TranslateFolder(From, To, progress);

        Assert.Equal(Enumerable.Repeat(true, 6), there);
    }

    [Fact]
    public void TranslateFolder_CanceledBeforehand_CreatesNothing()
    {
        Save("a.png", 1);

        Assert.Throws<OperationCanceledException>(() => _model.Transformer.TranslateFolder(From, To, cancel: new CancellationToken(canceled: true)));

        Assert.False(Directory.Exists(To));
    }

    [Fact]
    public void TranslateFolder_NoImages_ReportsWhatItLooksFor()
    {
        var error = Assert.Throws<ArgumentException>(() => _model.Transformer.TranslateFolder(From, To));

        Assert.Contains("expected BMP, GIF, JPEG, PNG or WebP files.", error.Message);
        Assert.Throws<DirectoryNotFoundException>(() => _model.Transformer.TranslateFolder(Path.Combine(From, "gone"), To));
    }

    [Fact]
    public void TranslateFolder_Canceled_KeepsOnlyCompleteFiles()
    {
        for (var i = 0; i < 20; i++)
            Save($"{i:00}.png", i);
        using var cancel = new CancellationTokenSource();
        var progress = new Recorder([], onReport: p =>
        {
            if (p.Done == 5)
                cancel.Cancel();
        });

        Assert.Throws<OperationCanceledException>(() => _model.Transformer.TranslateFolder(From, To, progress, cancel: cancel.Token));

        Assert.Equal(["00.png", "01.png", "02.png", "03.png", "04.png"], Files(To));
        Assert.All(Directory.GetFiles(To), file =>
        {
            using var image = MLImage.CreateFromFile(file);
            Assert.Equal(32, image.Width);
        });
    }

    [Fact]
    public void TranslateFolder_AFolderWhereAFileShouldGo_NamesIt()
    {
        Save("a.png", 1);
        Directory.CreateDirectory(Path.Combine(To, "a.png"));

        var error = Assert.Throws<IOException>(() => _model.Transformer.TranslateFolder(From, To));

        Assert.Contains("a.png' is a folder", error.Message);
    }

    public void Dispose() => Directory.Delete(_root, recursive: true);

    private static IEnumerable<string> Files(string folder) => Directory.EnumerateFiles(folder).Select(file => Path.GetFileName(file)).Order();

    private void Save(string name, int seed, int width = 32, int height = 32)
    {
        using var image = TestImages.Input(seed, width, height);
        var pixels = ML.Data.PixelLayout.ToPicture(image, ImageChannels.Rgb);
        using var file = File.Create(Path.Combine(From, name));
        PngFile.Write(pixels, file);
    }

    private sealed class Recorder(List<ImageProgress> reports, Action<ImageProgress>? onReport = null) : IProgress<ImageProgress>
    {
        public void Report(ImageProgress value)
        {
            reports.Add(value);
            onReport?.Invoke(value);
        }
    }
}

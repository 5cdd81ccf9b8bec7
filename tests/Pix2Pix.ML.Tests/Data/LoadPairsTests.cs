using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Transforms.Image;
using Pix2Pix.ML.Data;

namespace Pix2Pix.ML.Tests.Data;

public sealed class LoadPairsTests : IDisposable
{
    private readonly string _root = Directory.CreateTempSubdirectory("pix2pix-loading-").FullName;
    private readonly MLContext _context = new();

    public void Dispose() => Directory.Delete(_root, recursive: true);

    [Theory]
    [InlineData(PairSide.Left)]
    [InlineData(PairSide.Right)]
    public void LoadPairs_Folder_GivesHalvesInOrder(PairSide inputSide)
    {
        foreach (var name in (string[])["b.png", "a.png", "B.bmp"])
            Write(name, name.EndsWith("bmp") ? ImageBytes.Bmp(name[0], 32) : ImageBytes.Png(name[0], 32));

        var view = _context.ImageTranslation.LoadPairs(_root, inputSide);

        Assert.Equal(["Input", "Target", "File"], view.Schema.Select(column => column.Name));
        var type = Assert.IsType<ImageDataViewType>(view.Schema["Input"].Type);
        Assert.Equal((12, 16), (type.Height, type.Width));
        Assert.Equal([PathOf("B.bmp"), PathOf("a.png"), PathOf("b.png")], view.GetColumn<string>("File"));
        Assert.Equal(3, view.GetRowCount());
        using var whole = ImageFiles.Read(PathOf("a.png"));
        using var left = PixelLayout.Half(whole, PairSide.Left);
        using var right = PixelLayout.Half(whole, PairSide.Right);
        Assert.Equal(PixelLayout.ToRgba(whole).Crop(16, 0, 16, 12).Pixels, PixelLayout.ToRgba(right).Pixels);
        var (input, target) = inputSide == PairSide.Left ? (left, right) : (right, left);
        Assert.Equal(TestImages.Hash(input), Hashes(view, "Input")[1]);
        Assert.Equal(TestImages.Hash(target), Hashes(view, "Target")[1]);
    }

    [Fact]
    public void LoadPairs_OddWidths_AreNamedTogether()
    {
        Write("a.png", ImageBytes.Png(1, 511, 256));
        Write("b.png", ImageBytes.Png(1, 512, 256));
        Write("c.png", ImageBytes.Png(1, 1, 1));

        var error = Assert.Throws<PairDataException>(() => _context.ImageTranslation.LoadPairs(_root, PairSide.Left));

        Assert.Equal(
            $"""
            2 faults in 3 files. Fix or remove these files, or set SkipFaulty:
              '{PathOf("a.png")}' is 511x256; its width must be even to be split into two halves.
              '{PathOf("c.png")}' is 1x1; its width must be even to be split into two halves.
            """.ReplaceLineEndings("\n"),
            error.Message);
    }

    [Fact]
    public void LoadPairs_NoImages_SaysWhatIsExpected()
    {
        var empty = Assert.Throws<PairDataException>(() => _context.ImageTranslation.LoadPairs(_root, PairSide.Left));
        var missing = Assert.Throws<DirectoryNotFoundException>(() => _context.ImageTranslation.LoadPairs(PathOf("in"), PathOf("out")));

        Assert.Equal(
            $"No images were loaded:\n  '{_root}': no images; expected BMP, GIF, JPEG, PNG or WebP files.", empty.Message);
        Assert.Equal($"The folders '{PathOf("in")}' and '{PathOf("out")}' do not exist; expected folders with images.", missing.Message);
    }

    [Fact]
    public void Load_TheFolderAboveOrBelow_SaysWhichIsMeant()
    {
        Write("facades/train/1.png", ImageBytes.Png(1, 32));
        Directory.CreateDirectory(PathOf("facades/val"));

        var above = Assert.Throws<PairDataException>(() => _context.ImageTranslation.LoadPairs(PathOf("facades"), PairSide.Left));
        var below = Assert.Throws<DirectoryNotFoundException>(
            () => _context.ImageTranslation.LoadPairSplits(PathOf("facades/train"), PairSide.Left));
        var file = Assert.Throws<DirectoryNotFoundException>(
            () => _context.ImageTranslation.LoadPairs(PathOf("facades/train/1.png"), PairSide.Left));

        Assert.EndsWith("Choose one of its subfolders ('train', 'val'), or use LoadPairSplits.", above.Message);
        Assert.Contains($"Pass the parent folder, or load '{PathOf("facades/train")}' with LoadPairs.", below.Message);
        Assert.Contains("1.png' (this is a file) does not exist; expected a folder with images.", file.Message);
    }

    [Fact]
    public void LoadPairSplits_Folders_AreLoadedAndCheckedTogether()
    {
        Write("train/1.png", ImageBytes.Png(1, 32));
        Write("train/2.png", ImageBytes.Png(2, 32));
        Write("val/1.jpg", ImageBytes.Jpeg(3, 32));

        var splits = _context.ImageTranslation.LoadPairSplits(_root, PairSide.Left);

        Assert.Equal((2, 1), (splits.Train.GetRowCount(), splits.Validation!.GetRowCount()));
        Assert.Null(splits.Test);

        Write("train/3.png", ImageBytes.Png(1, 33));
        Write("val/2.jpg", []);
        Directory.CreateDirectory(PathOf("test"));
        var error = Assert.Throws<PairDataException>(() => _context.ImageTranslation.LoadPairSplits(_root, PairSide.Left));
        Assert.Equal(
            [
                $"'{PathOf("test")}': no images; expected BMP, GIF, JPEG, PNG or WebP files.",
                $"'{PathOf("train/3.png")}' is 33x12; its width must be even to be split into two halves.",
                $"'{PathOf("val/2.jpg")}' is empty.",
            ],
            error.Problems);
    }

    [Fact]
    public void LoadPairSplits_Capitals_AreFound()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows() || OperatingSystem.IsMacOS(), "Names that differ in case are one there.");
        Write("Train/1.png", ImageBytes.Png(1, 32));
        Write("VAL/1.png", ImageBytes.Png(1, 32));
        Write("Test/1.png", ImageBytes.Png(1, 32));

        var splits = _context.ImageTranslation.LoadPairSplits(_root, PairSide.Left);

        Assert.Equal((1L, 1L, 1L), (splits.Train.GetRowCount(), splits.Validation?.GetRowCount(), splits.Test?.GetRowCount()));
        Write("test/1.png", ImageBytes.Png(1, 32));
        var error = Assert.Throws<ArgumentException>(() => _context.ImageTranslation.LoadPairSplits(_root, PairSide.Left));
        Assert.StartsWith($"'{PathOf("Test")}' and '{PathOf("test")}' both exist; expected one test folder.", error.Message);
    }

    [Fact]
    public void Load_FoldersThatMayNotBeRead_AreNamedTogether()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows() || Environment.IsPrivilegedProcess, "Nothing is closed to this user.");
        void Set(UnixFileMode mode)
        {
            foreach (var name in (string[])["in", "out"])
            {
                Directory.CreateDirectory(PathOf(name));
                if (!OperatingSystem.IsWindows())
                    File.SetUnixFileMode(PathOf(name), mode);
            }
        }

        Set(UnixFileMode.None);
        var error = Record.Exception(() => _context.ImageTranslation.LoadPairs(PathOf("in"), PathOf("out")));
        Set(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute); // to be deleted

        Assert.Equal(
            $"Access to the folders '{PathOf("in")}' and '{PathOf("out")}' is denied; expected readable folders.",
            Assert.IsType<UnauthorizedAccessException>(error).Message);
    }

    [Fact]
    public void LoadPairs_AccentsInTwoForms_AreSaidToBeTwoNames()
    {
        Assert.SkipWhen(OperatingSystem.IsMacOS(), "Its file systems take both forms for one name.");
        Write("in/\u00e9.png", ImageBytes.Png(1));
        Write("out/e\u0301.png", ImageBytes.Png(2));

        var error = Assert.Throws<PairDataException>(() => _context.ImageTranslation.LoadPairs(PathOf("in"), PathOf("out")));

        Assert.Contains(error.Problems, problem => problem.EndsWith(
            "is named 'e\u0301' (this name uses decomposed Unicode accents, as macOS writes them; a name with precomposed letters is a " +
            "different name).",
            StringComparison.Ordinal));
    }

    [Fact]
    public void Cursor_FileOfAnotherSizeSince_IsAnErrorThatNamesIt()
    {
        Write("in/a.png", ImageBytes.Png(1));
        Write("out/a.png", ImageBytes.Png(2));
        var view = _context.ImageTranslation.LoadPairs(PathOf("in"), PathOf("out"));
        Write("in/a.png", ImageBytes.Png(1, 8, 8));

        var error = Assert.Throws<InvalidDataException>(() => view.GetColumn<MLImage>("Input").ToList());

        Assert.Equal(
            $"'{PathOf("in/a.png")}' is now 8x8 in column 'Input'; expected 16x12, the size of all images when they were loaded. Load " +
            "them again.",
            error.Message);
    }

    [Fact]
    public void LoadPairs_SameNames_ArePairsWhateverTheirEndings()
    {
        Write("in/b.jpg", ImageBytes.Jpeg(1));
        Write("in/a.webp", ImageBytes.WebP(2));
        Write("out/a.png", ImageBytes.Png(3));
        Write("out/b.bmp", ImageBytes.Bmp(4));

        var view = _context.ImageTranslation.LoadPairs(PathOf("in"), PathOf("out"));

        Assert.Equal([PathOf("in/a.webp"), PathOf("in/b.jpg")], view.GetColumn<string>("InputFile"));
        Assert.Equal([PathOf("out/a.png"), PathOf("out/b.bmp")], view.GetColumn<string>("TargetFile"));
        Assert.Empty(view.Skipped);
        var error = Assert.Throws<ArgumentException>(() => _context.ImageTranslation.LoadPairs(PathOf("in"), PathOf("out/../in")));
        Assert.Equal(
            $"Inputs and targets are both in '{PathOf("in")}'; expected two folders. Load one folder with LoadImages, or with LoadPairs and a " +
            "PairSide if each file contains a pair side by side. (Parameter 'targetFolder')",
            error.Message);
    }

    [Fact]
    public void LoadPairs_InvalidArguments_AreNamed()
    {
        var side = Assert.Throws<ArgumentOutOfRangeException>(() => _context.ImageTranslation.LoadPairs(_root, (PairSide)7));
        var splits = Assert.Throws<DirectoryNotFoundException>(() => _context.ImageTranslation.LoadPairSplits(_root, PairSide.Left));
        var list = Assert.Throws<ArgumentNullException>(() => _context.ImageTranslation.LoadPairs("a.csv", (TextPairOptions)null!));

        Assert.StartsWith("inputSide is 7; expected one of Left, Right. (Parameter 'inputSide')", side.Message);
        Assert.Equal(
            $"The folder '{PathOf("train")}' does not exist; expected a dataset folder with a subfolder 'train'. Pass the parent folder, " +
            $"or load '{_root}' with LoadPairs.",
            splits.Message);
        Assert.Equal("list", list.ParamName);
    }

    [Fact]
    public void LoadPairs_DifferentSizes_AreAllowedByOption()
    {
        Write("in/a.png", ImageBytes.Png(1, 16, 12));
        Write("in/b.png", ImageBytes.Png(1, 8, 8));
        Write("out/a.png", ImageBytes.Png(1, 32, 24));
        Write("out/b.png", ImageBytes.Png(1, 32, 24));

        var view = _context.ImageTranslation.LoadPairs(PathOf("in"), PathOf("out"), new ImageLoadOptions { AllowDifferentSizes = true });

        Assert.Equal(0, ((ImageDataViewType)view.Schema["Input"].Type).Width);
        Assert.Equal(32, ((ImageDataViewType)view.Schema["Target"].Type).Width);
    }

    [Fact]
    public void SavePreview_RowsOfTwoSizes_StandsSideBySide()
    {
        Write("a.png", ImageBytes.Png(1, 32, 12));
        Write("b.png", ImageBytes.Png(2, 16, 24));
        var view = _context.ImageTranslation.LoadPairs(_root, PairSide.Left);

        _context.ImageTranslation.SavePreview(view, PathOf("preview/../sheet.png"), rows: 9);

        using var sheet = MLImage.CreateFromFile(PathOf("sheet.png"));
        Assert.Equal((16 + 16 + 4 + 16 + 16, 16 + 24 + 4 + 24 + 16), (sheet.Width, sheet.Height));
        var files = _context.Data.LoadFromEnumerable([new TestRow()]);
        Assert.Throws<ArgumentException>(() => _context.ImageTranslation.SavePreview(files, PathOf("none.png")));
        Assert.Throws<ArgumentException>(() => _context.ImageTranslation.SavePreview(view, PathOf("sheet.jpg")));
    }

    private static List<string> Hashes(IDataView view, string column)
    {
        using var cursor = view.GetRowCursor([view.Schema[column]]);
        var getter = cursor.GetGetter<MLImage>(view.Schema[column]);
        var hashes = new List<string>();
        MLImage image = null!;
        while (cursor.MoveNext())
        {
            getter(ref image);
            hashes.Add(TestImages.Hash(image));
        }

        return hashes;
    }

    private string PathOf(string name) => Path.GetFullPath(Path.Combine(_root, name));

    private void Write(string name, byte[] bytes)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(PathOf(name))!);
        File.WriteAllBytes(PathOf(name), bytes);
    }
}

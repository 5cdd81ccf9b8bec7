using Microsoft.ML;
using Microsoft.ML.Data;
using Pix2Pix.ML.Data;

namespace Pix2Pix.ML.Tests.Data;

public sealed class HostileFolderTests : IDisposable
{
    private readonly string _root = Directory.CreateTempSubdirectory("pix2pix-hostile-").FullName;
    private readonly MLContext _context = new();

    public void Dispose() => Directory.Delete(_root, recursive: true);

    [Fact]
    public void LoadPairs_AThousandFilesWithFaultsOfAllKinds_NamesEachFaultyFileOnce()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Symbolic links need rights there, and names that differ in case are one.");
        var folders = new HostileFolders(_root);
        Assert.InRange(folders.Files, 1000, 1003);
        Assert.InRange(folders.Kinds, 20, 100);

        var error = Assert.Throws<PairDataException>(
            () => _context.ImageTranslation.LoadPairs(folders.Inputs, folders.Targets, new ImageLoadOptions { Refuse16Bit = true }));

        Assert.StartsWith($"{folders.Expected.Count} faults in ", error.Message);
        AssertNamed(folders, [.. error.Problems.Select(problem => (problem.Split('\'')[1], problem))]);
    }

    [Fact]
    public void LoadPairs_SkipFaulty_ListsTheFaultsAndReadsTheRest()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Symbolic links need rights there, and names that differ in case are one.");
        var folders = new HostileFolders(_root);

        var view = _context.ImageTranslation.LoadPairs(
            folders.Inputs, folders.Targets, new ImageLoadOptions { Refuse16Bit = true, SkipFaulty = true });

        AssertNamed(folders, [.. view.Skipped.Select(fault => (fault.File, fault.Reason))]);
        Assert.Equal(folders.Good, view.GetRowCount());
        var read = 0;
        using var cursor = view.GetRowCursor(view.Schema);
        var (input, target) = (cursor.GetGetter<MLImage>(view.Schema["Input"]), cursor.GetGetter<MLImage>(view.Schema["Target"]));
        MLImage a = null!, b = null!;
        for (; cursor.MoveNext(); read++)
        {
            input(ref a);
            target(ref b);
            Assert.Equal((16, 12, 16, 12), (a.Width, a.Height, b.Width, b.Height));
        }

        Assert.Equal(folders.Good, read);
        Assert.Equal(folders.Good, _context.ImageTranslation.Evaluate(view, "Input", "Target").Rows.Count);
    }

    private static void AssertNamed(HostileFolders folders, (string File, string Text)[] found)
    {
        Assert.Equal(folders.Expected.Keys.Order(StringComparer.Ordinal), found.Select(fault => fault.File).Order(StringComparer.Ordinal));
        Assert.All(found, fault => Assert.True(
            fault.Text.Contains(folders.Expected[fault.File]), $"{fault.File}: {fault.Text}; expected {folders.Expected[fault.File]}"));
    }
}

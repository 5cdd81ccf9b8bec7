using Microsoft.ML;
using Microsoft.ML.Data;
using Pix2Pix.ML.Data;
using Pix2Pix.Reporting;

namespace Pix2Pix.ML.Tests.Data;

public sealed class TextPairTests : IDisposable
{
    private readonly string _root = Directory.CreateTempSubdirectory("pix2pix-text-").FullName;
    private readonly MLContext _context = new();

    public TextPairTests()
    {
        Directory.CreateDirectory(PathOf("a folder"));
        foreach (var (name, seed) in (ReadOnlySpan<(string, int)>)[("a folder/x, y.png", 1), ("ü.png", 2), ("z.png", 3)])
            File.WriteAllBytes(PathOf(name), ImageBytes.Png(seed));
    }

    public void Dispose() => Directory.Delete(_root, recursive: true);

    [Theory]
    [InlineData("pairs.csv", "input,target\r\n\"a folder/x, y.png\",ü.png\r\nz.png, z.png \r\n")]
    [InlineData("pairs.tsv", "input\ttarget\na folder/x, y.png\tü.png\n\nz.png\tz.png")]
    [InlineData("pairs.txt", "input\ttarget\na folder\\x, y.png\tü.png\nz.png\tz.png")]
    public void LoadPairs_Paths_AreReadInTheOrderOfTheLines(string name, string text)
    {
        File.WriteAllText(PathOf(name), text);

        var view = _context.ImageTranslation.LoadPairs(PathOf(name), new TextPairOptions());

        Assert.Equal([PathOf("a folder/x, y.png"), PathOf("z.png")], view.GetColumn<string>("InputFile"));
        Assert.Equal([PathOf("ü.png"), PathOf("z.png")], view.GetColumn<string>("TargetFile"));
    }

    [Fact]
    public void LoadPairs_OtherColumns_AreFoundByTheirPositions()
    {
        File.WriteAllText(PathOf("list.csv"), $"7;ü.png;{PathOf("z.png")}\n");
        var text = new TextPairOptions { InputColumn = 2, TargetColumn = 1, HasHeader = false, Separator = ';' };

        var view = _context.ImageTranslation.LoadPairs(PathOf("list.csv"), text);

        Assert.Equal([PathOf("z.png")], view.GetColumn<string>("InputFile"));
        Assert.Throws<ArgumentOutOfRangeException>(() => text with { TargetColumn = -1 });
    }

    [Fact]
    public void LoadPairs_Faults_AreNamedTogether()
    {
        File.WriteAllText(PathOf("notes.txt"), "no image");
        File.WriteAllText(PathOf("list.csv"), "input,target\nz.png,gone.png\nü.png\nnotes.txt,z.png\nz.png,gone.png\n,z.png\nz.png,ü.png\n");

        var error = Assert.Throws<PairDataException>(() => _context.ImageTranslation.LoadPairs(PathOf("list.csv"), new TextPairOptions()));
        var view = _context.ImageTranslation.LoadPairs(PathOf("list.csv"), new TextPairOptions(), new() { SkipFaulty = true });

        Assert.Equal(
            [
                $"'{PathOf("list.csv")}' has no input path in 1 of 6 rows, first in line 6, and has no target path in 1 of 6 rows, first in " +
                    "line 3; it was read with Separator = ',', HasHeader = True, InputColumn = 0 and TargetColumn = 1 (columns count " +
                    "from 0), and its first line is \"input,target\".",
                $"'{PathOf("gone.png")}' does not exist.",
                $"'{PathOf("notes.txt")}' has the unsupported format '.txt'; convert it to PNG.",
            ],
            error.Problems);
        Assert.Equal(3, view.Skipped.Count);
        Assert.Equal([PathOf("z.png")], view.GetColumn<string>("InputFile"));
    }

    [Fact]
    public void LoadPairs_AnotherSeparator_IsReportedOnceWithHowItWasRead()
    {
        File.WriteAllText(PathOf("list.csv"), "input;target\nz.png;ü.png\nz.png;z.png\n");

        var error = Assert.Throws<PairDataException>(() => _context.ImageTranslation.LoadPairs(PathOf("list.csv"), new TextPairOptions()));

        var fault = Assert.Single(error.Problems, problem => problem.Contains("has no target path", StringComparison.Ordinal));
        Assert.Contains("has no target path in 2 of 2 rows", fault);
        Assert.Contains("Separator = ','", fault);
        Assert.Contains("\"input;target\"", fault);
    }

    [Fact]
    public void LoadPairs_NothingThere_ReportsWhatIsExpected()
    {
        File.WriteAllText(PathOf("empty.csv"), "input,target\n");

        var missing = Assert.Throws<FileNotFoundException>(
            () => _context.ImageTranslation.LoadPairs(PathOf("list.csv"), new TextPairOptions()));
        var empty = Assert.Throws<PairDataException>(() => _context.ImageTranslation.LoadPairs(PathOf("empty.csv"), new TextPairOptions()));

        Assert.StartsWith($"The file '{PathOf("list.csv")}' does not exist; expected a text file with the paths of two images per " +
            $"line.", missing.Message);
        Assert.Contains("empty.csv': no rows; expected the paths of two images per line; it was read with", empty.Message);
    }

    [Fact]
    public void LoadPairs_ADeviceInPlaceOfAList_IsRefused()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "There are no such files.");
        File.CreateSymbolicLink(PathOf("endless.csv"), "/dev/zero");

        var error = Assert.Throws<IOException>(() => _context.ImageTranslation.LoadPairs(PathOf("endless.csv"), new TextPairOptions()));

        Assert.Equal($"'{PathOf("endless.csv")}' is a device; expected a regular file.", error.Message);
    }

    [Fact]
    public void LoadPairs_PathsOfAServer_AreNoComments()
    {
        File.WriteAllText(PathOf("list.csv"), $"input,target\n//server/share/a.png,z.png\n/{PathOf("z.png")},ü.png\n#@ TextLoader{{,z.png\n");
        var error = Assert.Throws<PairDataException>(() => _context.ImageTranslation.LoadPairs(PathOf("list.csv"), new TextPairOptions()));
        Assert.Equal(2, error.Problems.Count);
        Assert.Contains("server/share/a.png' does not exist.", error.Problems[0] + error.Problems[1]);
        Assert.Contains("#@ TextLoader{' has the unsupported format", error.Problems[0] + error.Problems[1]);
    }

    [Fact]
    public void LoadPairs_NoHeader_IsReported()
    {
        File.WriteAllText(PathOf("list.csv"), "ü.png,z.png\nz.png,z.png\n");

        var error = Assert.Throws<PairDataException>(() => _context.ImageTranslation.LoadPairs(PathOf("list.csv"), new TextPairOptions()));
        var view = _context.ImageTranslation.LoadPairs(PathOf("list.csv"), new TextPairOptions { HasHeader = false });

        Assert.StartsWith(
            $"'{PathOf("list.csv")}' begins with the image paths 'ü.png' and 'z.png' instead of a header; set HasHeader to false; it was " +
            "read",
            Assert.Single(error.Problems));
        Assert.Equal(2, view.GetRowCount());
    }

    [Fact]
    public void LoadPairs_LinesThatCannotBeRead_OnlyAffectThemselves()
    {
        File.WriteAllText(
            PathOf("list.csv"), "input,target\n\nz\0.png,z.png\n\"z.png,ü.png\nz.png,ü.png\nü.png,\"z.png\"x\n \"z.png\" , \"ü.png\" ,\"\"\"\n");

        var error = Assert.Throws<PairDataException>(() => _context.ImageTranslation.LoadPairs(PathOf("list.csv"), new TextPairOptions()));
        var view = _context.ImageTranslation.LoadPairs(PathOf("list.csv"), new TextPairOptions(), new() { SkipFaulty = true });

        Assert.StartsWith(
            $"'{PathOf("list.csv")}' cannot be split into fields in 3 of 5 rows, first in line 4: a quoted field is not closed, or text " +
            "follows it, and has an invalid path in 1 of 5 rows, first in line 3; it was read",
            Assert.Single(error.Problems));
        Assert.Equal([PathOf("z.png")], view.GetColumn<string>("InputFile"));
    }

    [Theory]
    [InlineData("a,b", "a|b")]
    [InlineData(" a b , c\t", "a b|c")]
    [InlineData(",,", "||")]
    [InlineData("\"a, b\",c", "a, b|c")]
    [InlineData(" \"a\"\"b\" ,\"\"", "a\"b|")]
    [InlineData("a\"b,c", "a\"b|c")]
    [InlineData("//a/b,\"z\0\"", "//a/b|z\0")]
    [InlineData("\"a\r\nb\",c", "a\r\nb|c")]
    [InlineData("\"a,b", null)]
    [InlineData("\"a\" b,c", null)]
    public void CsvText_Split_GivesTheFieldsOrNothing(string line, string? fields)
        => Assert.Equal(fields?.Split('|'), CsvText.Split(line, ',')?.Select(field => field.Trim()));

    [Fact]
    public void CsvText_SplitAtTabs_KeepsEmptyFields()
    {
        Assert.Equal(["", "a", "", "b"], CsvText.Split("\ta\t\tb", '\t')!);
        Assert.Equal(["", "a\t", "", "b"], CsvText.Split("\t\"a\t\"\t\tb", '\t')!);
    }

    [Fact]
    public void LoadPairs_FileInMoreFaultyRowsThanAreShown_ReportsHowMany()
    {
        File.WriteAllLines(
            PathOf("list.csv"),
            ["input,target", .. Enumerable.Range(1, 5).Select(i =>
            {
                File.WriteAllBytes(PathOf($"{i}.png"), ImageBytes.Png(1, 16, 20 + i));
                return $"z.png,{i}.png";
            })]);
        var error = Assert.Throws<PairDataException>(() => _context.ImageTranslation.LoadPairs(PathOf("list.csv"), new TextPairOptions()));
        Assert.EndsWith("is 16x23; expected equal sizes. Resize them, or set AllowDifferentSizes, and 2 more faults.", error.Problems[^1]);
    }

    [Theory]
    [InlineData('"')]
    [InlineData('\n')]
    public void Separator_QuoteOrLineBreak_IsRejected(char separator)
    {
        var error = Assert.Throws<ArgumentOutOfRangeException>(() => new TextPairOptions { Separator = separator });
        Assert.StartsWith($"Separator is U+{(int)separator:X4}; expected no quotation mark and no line break.", error.Message);
    }

    [Fact]
    public void LoadPairs_FileInSeveralFaultyRows_IsNamedOnce()
    {
        File.WriteAllBytes(PathOf("big.png"), ImageBytes.Png(1, 32));
        File.WriteAllBytes(PathOf("tall.png"), ImageBytes.Png(1, 16, 32));
        File.WriteAllText(PathOf("list.csv"), "input,target\nz.png,big.png\nz.png,tall.png\nz.png,big.png\nz.png,ü.png\n");

        var error = Assert.Throws<PairDataException>(() => _context.ImageTranslation.LoadPairs(PathOf("list.csv"), new TextPairOptions()));

        Assert.StartsWith("1 fault in 4 files. ", error.Message);
        Assert.Equal(
            $"'{PathOf("z.png")}' is 16x12, and its target '{PathOf("big.png")}' is 32x12; expected equal sizes. Resize them, or set " +
            $"AllowDifferentSizes, and it is 16x12, and its target '{PathOf("tall.png")}' is 16x32; expected equal sizes. Resize them, " +
            "or set AllowDifferentSizes.",
            Assert.Single(error.Problems));
    }

    [Fact]
    public void LoadPairs_Folder_IsReportedAsOne()
    {
        var error = Assert.Throws<FileNotFoundException>(
            () => _context.ImageTranslation.LoadPairs(PathOf("a folder"), new TextPairOptions()));
        Assert.StartsWith($"The file '{PathOf("a folder")}' does not exist (this is a folder); expected a text file", error.Message);
    }

    private string PathOf(string name) => Path.GetFullPath(Path.Combine(_root, name));
}

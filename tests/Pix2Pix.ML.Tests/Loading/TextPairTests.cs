using Microsoft.ML;
using Microsoft.ML.Data;
using Pix2Pix.ML.Data;

namespace Pix2Pix.ML.Tests.Loading;

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
    public void LoadPairsFromTextFile_Paths_AreReadInTheOrderOfTheLines(string name, string text)
    {
        File.WriteAllText(PathOf(name), text);

        var view = _context.Data.LoadPairsFromTextFile(PathOf(name));

        Assert.Equal([PathOf("a folder/x, y.png"), PathOf("z.png")], view.GetColumn<string>("InputFile"));
        Assert.Equal([PathOf("ü.png"), PathOf("z.png")], view.GetColumn<string>("TargetFile"));
    }

    [Fact]
    public void LoadPairsFromTextFile_OtherColumns_AreFoundByTheirPositions()
    {
        File.WriteAllText(PathOf("list.csv"), $"7;ü.png;{PathOf("z.png")}\n");
        var text = new TextPairOptions { InputColumn = 2, TargetColumn = 1, HasHeader = false, Separator = ';' };

        var view = _context.Data.LoadPairsFromTextFile(PathOf("list.csv"), text);

        Assert.Equal([PathOf("z.png")], view.GetColumn<string>("InputFile"));
        Assert.Throws<ArgumentOutOfRangeException>(() => text with { TargetColumn = -1 });
    }

    [Fact]
    public void LoadPairsFromTextFile_Faults_AreNamedTogether()
    {
        File.WriteAllText(PathOf("notes.txt"), "no image");
        File.WriteAllText(PathOf("list.csv"), "input,target\nz.png,gone.png\nü.png\nnotes.txt,z.png\nz.png,gone.png\n,z.png\nz.png,ü.png\n");

        var error = Assert.Throws<PairDataException>(() => _context.Data.LoadPairsFromTextFile(PathOf("list.csv")));
        var view = _context.Data.LoadPairsFromTextFile(PathOf("list.csv"), options: new() { SkipFaulty = true });

        Assert.Equal(
            [
                $"'{PathOf("list.csv")}' names no input in 1 of 6 rows, the first of which is row 5 behind the header, and names no target in 1 of 6 " +
                    "rows, the first of which is row 2 behind the header; it was read with Separator ',', HasHeader True, InputColumn 0, " +
                    "TargetColumn 1 (from 0), and its first line is \"input,target\".",
                $"'{PathOf("gone.png")}' is not there.",
                $"'{PathOf("notes.txt")}' is of a format that is not read ('.txt'); convert it to PNG.",
            ],
            error.Problems);
        Assert.Equal(3, view.Skipped.Count);
        Assert.Equal([PathOf("z.png")], view.GetColumn<string>("InputFile"));
    }

    [Fact]
    public void LoadPairsFromTextFile_AnotherSeparator_IsSaidOnceWithHowItWasRead()
    {
        File.WriteAllText(PathOf("list.csv"), "input;target\nz.png;ü.png\nz.png;z.png\n");

        var error = Assert.Throws<PairDataException>(() => _context.Data.LoadPairsFromTextFile(PathOf("list.csv")));

        var fault = Assert.Single(error.Problems, problem => problem.Contains("names no", StringComparison.Ordinal));
        Assert.Contains("names no target in 2 of 2 rows", fault);
        Assert.Contains("Separator ','", fault);
        Assert.Contains("\"input;target\"", fault);
    }

    [Fact]
    public void LoadPairsFromTextFile_NothingThere_SaysWhatIsExpected()
    {
        File.WriteAllText(PathOf("empty.csv"), "input,target\n");

        var missing = Assert.Throws<FileNotFoundException>(() => _context.Data.LoadPairsFromTextFile(PathOf("list.csv")));
        var empty = Assert.Throws<PairDataException>(() => _context.Data.LoadPairsFromTextFile(PathOf("empty.csv")));

        Assert.StartsWith($"There is no file '{PathOf("list.csv")}'; expected lines with the paths of two images.", missing.Message);
        Assert.Contains("empty.csv': no rows; expected lines with the paths of two images; it was read with", empty.Message);
    }

    private string PathOf(string name) => Path.GetFullPath(Path.Combine(_root, name));
}

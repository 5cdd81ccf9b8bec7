namespace Consumer.Tests;

/// <summary>Lines of the documentation are short enough to read next to another window.</summary>
public sealed class LineLengthTests
{
    private const int Longest = 140;

    public static TheoryData<string> Documents =>
    [
        "README.md", "CHANGELOG.md", "CONTRIBUTING.md", "SECURITY.md", "SUPPORT.md",
        .. Repository.Files("benchmarks", "*.md"), .. Repository.Files("docs", "*.md"), .. Repository.Files("nuget", "*.md"),
        .. Repository.Files("samples", "*.md"), .. Repository.Files("src", "*.md"),
    ];

    [Theory]
    [MemberData(nameof(Documents))]
    public void Lines_OutsideOfTablesAndBlocks_AreWrapped(string document)
        => Assert.Empty(TooLong(File.ReadAllLines(Path.Combine(Repository.Root, document))));

    [Fact]
    public void TooLong_LinesThatCannotBeWrapped_AreLeftOut()
    {
        var words = string.Concat(Enumerable.Repeat("word ", 30));

        Assert.Equal(
            ["Line 2 has 150 characters.", "Line 8 has 150 characters."],
            TooLong(["short", words, $"| {words} |", "```", words, "```", $"https://example.org/{new string('x', 140)}", words]));
    }

    // Table rows, code and lines that consist of a single link cannot be wrapped.
    private static List<string> TooLong(IEnumerable<string> lines)
    {
        var found = new List<string>();
        var isCode = false;
        foreach (var (i, line) in lines.Index())
        {
            isCode ^= line.TrimStart().StartsWith("```", StringComparison.Ordinal);
            if (line.Length > Longest && !isCode && !line.StartsWith('|') && line.Trim().Contains(' '))
                found.Add($"Line {i + 1} has {line.Length} characters.");
        }

        return found;
    }
}

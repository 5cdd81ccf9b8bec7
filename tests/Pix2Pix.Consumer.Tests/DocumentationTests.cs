using System.Text.RegularExpressions;

namespace Consumer.Tests;

/// <summary>Every block of C# in the documentation is code of this project, so it compiles.</summary>
public sealed partial class DocumentationTests
{
    private const string Open = "// <snippet>";
    private const string Close = "// </snippet>";

    public static TheoryData<string> Documents =>
    [
        .. Directory.GetFiles(Path.Combine(AppContext.BaseDirectory, "docs"), "*.md")
            .Select(path => Path.Combine("docs", Path.GetFileName(path))),
        "CONTRIBUTING.md",
        "Pix2Pix.Torch.md",
    ];

    [Theory]
    [MemberData(nameof(Documents))]
    public void Document_BlocksOfCSharp_AreCompiled(string document)
    {
        var text = File.ReadAllText(Path.Combine(AppContext.BaseDirectory, document)).ReplaceLineEndings("\n");
        var compiled = Directory.GetFiles(Path.Combine(AppContext.BaseDirectory, "Snippets"), "*.cs").SelectMany(Snippets).ToHashSet();

        Assert.All(Block().Matches(text), block => Assert.Contains(block.Groups[1].Value, compiled));
    }

    private static IEnumerable<string> Snippets(string path)
    {
        var lines = File.ReadAllLines(path);
        for (var start = Array.FindIndex(lines, IsOpen); start >= 0; start = Array.FindIndex(lines, start + 1, IsOpen))
        {
            var indent = lines[start].IndexOf(Open, StringComparison.Ordinal);
            yield return string.Concat(lines.Skip(start + 1).TakeWhile(line => line.Trim() != Close)
                .Select(line => $"{(line.Length > indent ? line[indent..] : string.Empty)}\n"));
        }
    }

    private static bool IsOpen(string line) => line.Trim() == Open;

    [GeneratedRegex("```csharp\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex Block();
}

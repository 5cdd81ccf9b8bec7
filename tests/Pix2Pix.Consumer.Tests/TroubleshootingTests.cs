using System.Text.RegularExpressions;

namespace Consumer.Tests;

/// <summary>Every message that docs/troubleshooting.md quotes occurs in the sources.</summary>
public sealed partial class TroubleshootingTests
{
    private static readonly string Page = File.ReadAllText(Path.Combine(Repository.Root, "docs", "troubleshooting.md"));

    private static readonly string[] Sources =
        [.. Repository.Files("src", "*.cs").Select(path => JoinLiterals(File.ReadAllText(Path.Combine(Repository.Root, path))))];

    public static TheoryData<string> Messages
        => [.. Quote().Matches(Page[..Page.IndexOf("## Messages from other libraries", StringComparison.Ordinal)])
            .Select(quote => quote.Groups[1].Value)];

    [Fact]
    public void Messages_OfThePage_AreFound() => Assert.InRange(Messages.Count(), 25, 60);

    [Theory]
    [MemberData(nameof(Messages))]
    public void Message_QuotedOnThePage_OccursInTheSources(string message)
    {
        // "..." stands for inserted values.
        var pattern = string.Join(".{0,200}?", message.Split(" ... ").Select(Regex.Escape));

        Assert.Contains(Sources, source => Regex.IsMatch(source, pattern));
    }

    [Fact]
    public void JoinLiterals_OverLines_GivesOneText()
        => Assert.Equal("$\"a {b} c\";", JoinLiterals("$\"a {b} \" +\n    $\"c\";").Trim());

    // A message may be split into literals: "..." + $"...", over several lines.
    private static string JoinLiterals(string source) => Seam().Replace(source, string.Empty).Replace("\\\"", "\"", StringComparison.Ordinal);

    [GeneratedRegex("\"\\s*\\+\\s*\\$?\"")]
    private static partial Regex Seam();

    // The first cell of a row.
    [GeneratedRegex(@"^\| `([^`]+)` \|", RegexOptions.Multiline)]
    private static partial Regex Quote();
}

using System.Text.Json.Nodes;

namespace Consumer.Tests;

/// <summary>Links of the documentation lead to existing files and headings.</summary>
public sealed class LinkTests
{
    public static TheoryData<string> Documents => [.. Paths];

    public static TheoryData<string> Notebooks => [.. Repository.Files("samples", "*.ipynb")];

    private static string[] Paths =>
    [
        "README.md",
        "CONTRIBUTING.md",
        "CHANGELOG.md",
        "SECURITY.md",
        "SUPPORT.md",
        .. Repository.Files("benchmarks", "*.md"),
        .. Repository.Files("docs", "*.md"),
        .. Repository.Files("samples", "*.md"),
        .. Repository.Files("src", "*.md"),
        .. Repository.Files("tests/reference", "*.md"),
    ];

    [Theory]
    [MemberData(nameof(Documents))]
    public void Links_WithinTheRepository_LeadSomewhere(string document)
        => Assert.Empty(MarkdownLinks.Problems(Path.Combine(Repository.Root, document)));

    [Theory]
    [MemberData(nameof(Notebooks))]
    public void Links_OfANotebook_LeadSomewhere(string notebook)
    {
        var path = Path.Combine(Repository.Root, notebook);
        var text = string.Join("\n\n", TextCells(path));

        Assert.NotEmpty(MarkdownLinks.Links(text));
        Assert.Empty(MarkdownLinks.Problems(path, text));
    }

    [Fact]
    public void Documents_OfTheRepository_AreFound()
    {
        Assert.Contains(Path.Combine("docs", "README.md"), Paths);
        Assert.Contains(Path.Combine("samples", "Quickstart", "README.md"), Paths);
        Assert.Contains(Path.Combine("src", "Pix2Pix.ML", "README.md"), Paths);
    }

    [Fact]
    public void Problems_OfFilesAndHeadings_AreAllNamed()
    {
        var folder = Directory.CreateTempSubdirectory("pix2pix-tests-");
        try
        {
            var page = Path.Combine(folder.FullName, "page.md");
            File.WriteAllText(
                page,
                "# One & two\n[a](page.md) [b](#one--two) [c](gone.md) [d](page.md#three) [e](https://example.org/x) `[f](code.md)`\n" +
                "```\n# Three\n[g](fence.md)\n```\n![`h`](gone.png)\n");

            Assert.Equal(
                [
                    "gone.md: there is no such file or folder.",
                    "page.md#three: there is no such heading, but one--two.",
                    "gone.png: there is no such file or folder.",
                ],
                MarkdownLinks.Problems(page));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Theory]
    [InlineData("## Debian 12, Ubuntu 22.04, RHEL 9", "debian-12-ubuntu-2204-rhel-9")]
    [InlineData("## model.zip anywhere", "modelzip-anywhere")]
    [InlineData("### 3. \"Training mode\" and `BN`", "3-training-mode-and-bn")]
    [InlineData("# [snake_case](x.md)", "snake_case")]
    public void Anchors_OfAHeading_FollowGitHubsRule(string heading, string expected)
        => Assert.Equal([expected], MarkdownLinks.Anchors(heading));

    [Fact]
    public void Anchors_OfEqualHeadings_AreNumbered()
        => Assert.Equal(["same", "same-1", "same-2"], MarkdownLinks.Anchors("# Same\n## Same\n### Same\n").Order());

    private static IEnumerable<string> TextCells(string notebook)
        => JsonNode.Parse(File.ReadAllText(notebook))!["cells"]!.AsArray()
            .Where(cell => (string?)cell!["cell_type"] == "markdown")
            .Select(cell => string.Concat(cell!["source"]!.AsArray().Select(line => (string?)line)));
}

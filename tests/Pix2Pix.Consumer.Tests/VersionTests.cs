using System.Text.RegularExpressions;
using System.Xml.Linq;
using Pix2Pix;

namespace Consumer.Tests;

/// <summary>Notebooks, samples and documents name the package version that is built.</summary>
public sealed partial class VersionTests
{
    private static readonly string[] Notebooks = [.. Repository.Files("samples", "*.ipynb")];

    private static readonly string[] Texts =
    [
        "README.md", .. Notebooks, .. Repository.Files("samples", "*.cs"), .. Repository.Files("samples", "*.md"),
        .. Repository.Files("docs", "*.md"), .. Repository.Files("nuget", "*.md"),
    ];

    [Fact]
    public void Versions_OfThePackages_AreThatOfTheBuild()
    {
        var version = XDocument.Load(Path.Combine(Repository.Root, "Directory.Build.props")).Descendants("Version").Single().Value;

        Assert.Empty(Texts.SelectMany(text => Others(text, version)));
    }

    [Fact]
    public void Others_OfAnotherVersion_NameEachPlace()
    {
        string[] others = [.. Texts.SelectMany(text => Others(text, "0.0.0"))];

        Assert.All(
            [.. Notebooks, Path.Combine("samples", "Shortest.cs"), Path.Combine("docs", "packages.md")],
            text => Assert.Contains(others, other => other.StartsWith($"{text}, line ", StringComparison.Ordinal)));
        Assert.Matches(@", line 23: Pix2Pix\.ML \d\S*; expected 0\.0\.0\.$", others.First(other => other.Contains("1-FirstSteps")));
        Assert.Equal(2 * Notebooks.Length, others.Count(other => other.Contains(".ipynb, ")));
    }

    // "nuget: NAME, VERSION" of a notebook, "#:package NAME@VERSION" of a file without a project, Include="NAME" Version="VERSION" of one.
    [GeneratedRegex("""(?<name>Pix2Pix\.(ML|Torch|Runtime\.[\w.-]+))(, |@|" Version=")(?<version>\d+\.\d+[\w.-]*)""")]
    private static partial Regex Mention();

    private static IEnumerable<string> Others(string text, string version)
        => File.ReadLines(Path.Combine(Repository.Root, text)).Index()
            .SelectMany(line => Mention().Matches(line.Item).Select(match => (Number: line.Index + 1, match.Groups)))
            .Where(mention => mention.Groups["version"].Value != version)
            .Select(mention => $"{text}, line {mention.Number}: {mention.Groups["name"]} {mention.Groups["version"]}; expected {version}.");
}

using System.Text.RegularExpressions;

namespace Pix2Pix.Packages.Tests;

/// <summary>The versions in the documentation.</summary>
public sealed partial class VersionTableTests
{
    private static readonly string Document = File.ReadAllText(Path.Combine(Paths.Repository, "docs", "packages.md"));

    [Fact]
    public void Table_ListsTheVersionsOfTheBuild()
    {
        var rows = Row().Matches(Document).Select(match => (Id: match.Groups[1].Value, Version: match.Groups[2].Value)).ToArray();

        Assert.All(rows, row => Assert.Equal($"{row.Id} {Versions.Central[row.Id]}", $"{row.Id} {row.Version}"));
        Assert.Superset(
            new HashSet<string>
            {
                "Microsoft.ML", "TorchSharp", "libtorch-cpu-linux-x64", "libtorch-cpu-win-x64", "libtorch-cpu-osx-arm64",
                "TorchSharp-cuda-linux", "TorchSharp-cuda-windows", "Microsoft.ML.OnnxRuntime", "Microsoft.ML.OnnxRuntime.Managed",
                "Microsoft.ML.OnnxRuntime.Gpu.Linux", "Microsoft.ML.OnnxRuntime.Gpu.Windows",
            },
            rows.Select(row => row.Id).ToHashSet());
    }

    [Fact]
    public void References_HaveTheVersionsOfTheBuild()
    {
        var references = Reference().Matches(Document).Where(match => !match.Groups[1].Value.StartsWith("Pix2Pix.", StringComparison.Ordinal));

        Assert.NotEmpty(references);
        Assert.All(references, match => Assert.Equal(Versions.Central[match.Groups[1].Value], match.Groups[2].Value));
    }

    [GeneratedRegex(@"^\|[^|]*\| `([^`|]+)` \| ([0-9.]+) \|$", RegexOptions.Multiline)]
    private static partial Regex Row();

    [GeneratedRegex("""<PackageReference Include="([^"]+)" Version="([^"]+)" """)]
    private static partial Regex Reference();
}

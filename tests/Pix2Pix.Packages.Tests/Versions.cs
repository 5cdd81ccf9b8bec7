using System.Xml.Linq;

namespace Pix2Pix.Packages.Tests;

/// <summary>The versions of Directory.Packages.props.</summary>
internal static class Versions
{
    public static IReadOnlyDictionary<string, string> Central { get; } =
        XDocument.Load(Path.Combine(Paths.Repository, "Directory.Packages.props")).Descendants("PackageVersion")
            .ToDictionary(element => element.Attribute("Include")!.Value, element => element.Attribute("Version")!.Value);
}

using System.Reflection;

namespace Pix2Pix.Packages.Tests;

/// <summary>Folders that are known at build time.</summary>
internal static class Paths
{
    /// <summary>The root of the repository.</summary>
    public static string Repository { get; } = Metadata("Repository");

    /// <summary>Where NuGet keeps the packages that the repository's build restores.</summary>
    public static string PackageFolder { get; } = Metadata("PackageFolder");

    private static string Metadata(string key) => typeof(Paths).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
        .Single(attribute => attribute.Key == key).Value!;
}

using System.Buffers.Binary;

namespace Pix2Pix.Packages.Tests;

/// <summary>The content of the packages.</summary>
[Collection(nameof(PackagesCollection))]
public sealed class ContentTests(PackedRepository packed)
{
    private static readonly string[] LibraryNames = ["Pix2Pix.Core", "Pix2Pix.ML", "Pix2Pix.Torch"];
    private static readonly string[] RuntimeNames =
    [
        "Pix2Pix.Runtime.Cpu.linux-x64", "Pix2Pix.Runtime.Cpu.osx-arm64", "Pix2Pix.Runtime.Cpu.win-x64",
        "Pix2Pix.Runtime.Cuda.linux-x64", "Pix2Pix.Runtime.Cuda.win-x64",
    ];

    public static TheoryData<string> Libraries => [.. LibraryNames];

    public static TheoryData<string> Runtimes => [.. RuntimeNames];

    public static TheoryData<string> All => [.. LibraryNames, .. RuntimeNames];

    [Fact]
    public void Feed_HasThePackagesAndTheLibrariesSymbols()
    {
        string[] expected =
        [
            .. LibraryNames.Concat(RuntimeNames).Select(id => $"{id}.{packed.Version}.nupkg"),
            .. LibraryNames.Select(id => $"{id}.{packed.Version}.snupkg"),
        ];

        var files = Directory.GetFiles(packed.Feed).Select(Path.GetFileName);
        Assert.Equal(expected.Order(StringComparer.Ordinal), files.Order(StringComparer.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Libraries))]
    public void Library_HasOneAssemblyAndItsDocumentation_AndNothingNative(string id)
    {
        using var package = packed.Open(id);

        Assert.Equal(["LICENSE", "README.md", "icon.png", $"lib/net10.0/{id}.dll", $"lib/net10.0/{id}.xml"], package.Files);
        Assert.Contains($"<member name=\"T:{id.Replace(".Core", "")}.", package.Text($"lib/net10.0/{id}.xml"));
    }

    [Theory]
    [MemberData(nameof(Runtimes))]
    public void Runtime_HasNoLibrariesAtAll(string id)
    {
        using var package = packed.Open(id);

        Assert.Equal(["LICENSE", "README.md", "icon.png"], package.Files);
        Assert.Contains($"`{id}`", package.Text("README.md"));
    }

    [Theory]
    [MemberData(nameof(All))]
    public void Package_ReportsWhatItIs(string id)
    {
        using var package = packed.Open(id);

        Assert.Equal((id, packed.Version), (package.Value("id"), package.Value("version")));
        Assert.Equal(("MIT", "expression"), (package.Value("license"), package.Element("license")!.Attribute("type")!.Value));
        Assert.Equal(("README.md", "icon.png"), (package.Value("readme"), package.Value("icon")));
        Assert.InRange(package.Value("description")!.Length, 40, 400);
        Assert.Contains("pix2pix", package.Value("tags")!.Split(' '));
        Assert.StartsWith("MIT License", package.Text("LICENSE"), StringComparison.Ordinal);
        Assert.StartsWith("# Pix2Pix", package.Text("README.md"), StringComparison.Ordinal);
    }

    [Fact]
    public void Icon_IsAPngOf128Pixels()
    {
        using var package = packed.Open("Pix2Pix.ML");
        var icon = package.Bytes("icon.png");

        Assert.Equal([0x89, .. "PNG"u8], icon[..4]);
        Assert.Equal((128, 128), (BinaryPrimitives.ReadInt32BigEndian(icon.AsSpan(16)), BinaryPrimitives.ReadInt32BigEndian(icon.AsSpan(20))));
    }
}

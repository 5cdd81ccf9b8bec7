using System.Reflection.Metadata;
using System.Text;

namespace Pix2Pix.Packages.Tests;

/// <summary>Source links for debuggers, and reproducible packages.</summary>
[Collection(nameof(PackagesCollection))]
public sealed class SymbolTests(PackedRepository packed)
{
    // Kinds of custom debug information, from the specification of portable PDB files.
    private static readonly Guid SourceLink = new("cc110556-a091-4d38-9fec-25ab9a351a6a");
    private static readonly Guid EmbeddedSource = new("0e8a571b-6926-466e-b4ad-8ab04611f5fe");

    [Theory]
    [InlineData("Pix2Pix.ML")]
    [InlineData("Pix2Pix.Torch")]
    public void Symbols_LeadToTheSourcesOfTheCommit(string id)
    {
        using var package = packed.Open(id);
        using var symbols = packed.OpenSymbols(id);
        using var provider = MetadataReaderProvider.FromPortablePdbStream(new MemoryStream(symbols.Bytes($"lib/net10.0/{id}.pdb")));
        var pdb = provider.GetMetadataReader();
        var repository = package.Element("repository")!;

        Assert.Equal((RepositoryCopy.Address, packed.Commit), (repository.Attribute("url")!.Value, repository.Attribute("commit")!.Value));
        Assert.Equal(
            $$$"""{"documents":{"/_/*":"https://raw.githubusercontent.com/example/pix2pix/{{{packed.Commit}}}/*"}}""",
            Encoding.UTF8.GetString(Information(pdb, EntityHandle.ModuleDefinition, SourceLink)!));
        Assert.All(pdb.Documents, document =>
        {
            var path = pdb.GetString(pdb.GetDocument(document).Name);
            // Generated code is in obj, which is not in git.
            var isKnown = path.StartsWith("/_/", StringComparison.Ordinal) && !path.Contains("/obj/")
                && File.Exists(Path.Combine(packed.Source, path[3..]));
            Assert.True(isKnown || Information(pdb, document, EmbeddedSource) is not null, path);
        });
    }

    [Fact]
    public async Task Pack_ASecondCopyOfTheFiles_GivesTheSameBytes()
    {
        var feed = packed.NewFolder("second-feed");
        await packed.Pack(packed.NewFolder("second-copy"), feed, "src/Pix2Pix.Torch");

        const string Name = "lib/net10.0/Pix2Pix.Torch";
        foreach (var (extension, file) in new[] { ("nupkg", $"{Name}.dll"), ("nupkg", $"{Name}.xml"), ("snupkg", $"{Name}.pdb") })
        {
            var package = $"Pix2Pix.Torch.{packed.Version}.{extension}";
            using var first = new PackageFile(Path.Combine(packed.Feed, package));
            using var second = new PackageFile(Path.Combine(feed, package));
            Assert.True(first.Bytes(file).AsSpan().SequenceEqual(second.Bytes(file)), file);
        }
    }

    private static byte[]? Information(MetadataReader pdb, EntityHandle owner, Guid kind)
        => pdb.GetCustomDebugInformation(owner)
            .Select(pdb.GetCustomDebugInformation)
            .Where(information => pdb.GetGuid(information.Kind) == kind)
            .Select(information => pdb.GetBlobBytes(information.Value))
            .SingleOrDefault();
}

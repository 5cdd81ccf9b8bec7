using Pix2Pix.Onnx;
using Pix2Pix.Torch.Tests.Networks;

namespace Pix2Pix.Torch.Tests.Export;

/// <summary>The metadata of an exported file and the nodes of its graph.</summary>
[Collection(TorchCollection.Name)]
public class ExportedGraphTests
{
    private static readonly GeneratorOptions Options = new() { Width = 64, Height = 128, Filters = 3 };

    [Fact]
    public void Write_Model_NamesInputAndOutput()
    {
        using var generator = RandomizedGenerator.Generator(Options);
        using var runner = new OnnxRunner(OnnxRunner.Export(generator, InferenceOptions.Default));
        var input = Assert.Single(runner.Session.InputMetadata);
        var output = Assert.Single(runner.Session.OutputMetadata);
        Assert.Equal(("pix2pix_input_abgr", "pix2pix_output_abgr"), (input.Key, output.Key));
        Assert.All([input.Value, output.Value], node =>
        {
            Assert.Equal(typeof(byte), node.ElementType);
            Assert.Equal([-1, 128, 64, 4], node.Dimensions);
            Assert.Equal(["N", "", "", ""], node.SymbolicDimensions);
        });
    }

    [Fact]
    public void Write_Model_ContainsTheOptions()
    {
        Assert.All(ExportVariants.All, variant =>
        {
            using var generator = RandomizedGenerator.Generator(variant.Generator);
            using var runner = new OnnxRunner(OnnxRunner.Export(generator, variant.Inference, [new("more", "values")]));
            var metadata = runner.Session.ModelMetadata.CustomMetadataMap;
            Assert.Equal(["more", "pix2pix.generator", "pix2pix.inference", "pix2pix.version"], metadata.Keys.Order());
            Assert.Equal("1", metadata["pix2pix.version"]);
            Assert.Equal("values", metadata["more"]);
            Assert.Equal(variant.Generator, OptionsJson.Read<GeneratorOptions>(metadata["pix2pix.generator"]));
            Assert.Equal(variant.Inference, OptionsJson.Read<InferenceOptions>(metadata["pix2pix.inference"]));
        });
    }

    [Fact]
    public void WriteMetadata_NewAndKnownKeys_AreReadWithTheModel()
    {
        using var generator = RandomizedGenerator.Generator(Options);
        var model = OnnxRunner.Export(generator, InferenceOptions.Default);
        foreach (var value in (string[])["first", "später"])
        {
            using var stream = new MemoryStream();
            OnnxMetadata.Write(model, [new("added", value)], stream);
            model = stream.ToArray();
        }

        using var runner = new OnnxRunner(model);

        var metadata = runner.Session.ModelMetadata.CustomMetadataMap;
        Assert.Equal("später", metadata["added"]);
        Assert.Equal(4, metadata.Count);
        Assert.Equal("später", OnnxMetadata.Find(model, "added"));
        Assert.Null(OnnxMetadata.Find(model, "other"));
    }

    [Fact]
    public void Write_Model_IsOfIr8AndOpset17()
    {
        using var generator = RandomizedGenerator.Generator(Options);
        var file = new OnnxFile(OnnxRunner.Export(generator, InferenceOptions.Default));
        Assert.Equal((8, 17), (file.IrVersion, file.Opset));
        Assert.Equal("Pix2Pix for .NET", file.Producer);
    }

    /// <summary>Running statistics are folded into the convolutions; those of the image are an instance normalization.</summary>
    [Theory]
    [InlineData(NormKind.Batch, NormStatistics.Image, 9)]
    [InlineData(NormKind.Batch, NormStatistics.Running, 0)]
    [InlineData(NormKind.Instance, NormStatistics.Running, 9)]
    [InlineData(NormKind.None, NormStatistics.Image, 0)]
    public void Write_Norm_IsOneNodeOrNone(NormKind norm, NormStatistics statistics, int nodes)
    {
        using var generator = RandomizedGenerator.Generator(Options with { Norm = norm });
        var file = new OnnxFile(OnnxRunner.Export(generator, new() { Statistics = statistics }));
        Assert.Equal(nodes, file.Nodes.Count(n => n == "InstanceNormalization"));
        Assert.Equal((6, 6), (file.Nodes.Count(n => n == "Conv"), file.Nodes.Count(n => n == "ConvTranspose")));
        Assert.DoesNotContain("BatchNormalization", file.Nodes);
    }

    /// <summary>
    /// Reflection padding is a separate node before the convolution, and nearest-neighbor upsampling another one before that.
    /// </summary>
    [Theory]
    [InlineData(Upsampling.TransposedConvolution, 10, 2, 0, 8)]
    [InlineData(Upsampling.ResizeConvolution, 12, 0, 2, 10)]
    public void Write_ResNet_IsMadeOfTheseNodes(Upsampling upsampling, int convolutions, int transposed, int resizes, int reflections)
    {
        using var generator = RandomizedGenerator.Generator(
            Options with { Kind = GeneratorKind.ResNet, Upsampling = upsampling, ResidualBlocks = 3, Width = 36, Height = 44 });
        var nodes = new OnnxFile(OnnxRunner.Export(generator, InferenceOptions.Default)).Nodes.CountBy(n => n).ToDictionary();
        Assert.Equal(convolutions, nodes["Conv"]);
        Assert.Equal(transposed, nodes.GetValueOrDefault("ConvTranspose"));
        Assert.Equal(resizes, nodes.GetValueOrDefault("Resize"));
        Assert.Equal(reflections, nodes["Pad"] - 1); // one adds alpha
        Assert.Equal(3, nodes["Add"] - 2); // two scale from and to bytes
    }

    [Fact]
    public void Write_Chroma_NamesASecondOutputOfBytes()
    {
        using var generator = RandomizedGenerator.Generator(Options with { Input = ImageChannels.Lightness, Output = ImageChannels.Chroma });
        using var runner = new OnnxRunner(OnnxRunner.Export(generator, InferenceOptions.Default));

        Assert.Equal(["pix2pix_output_ab", "pix2pix_output_abgr"], runner.Session.OutputMetadata.Keys.Order());
        Assert.Equal(typeof(byte), runner.Session.OutputMetadata["pix2pix_output_ab"].ElementType);
        Assert.Equal([-1, 128, 64, 2], runner.Session.OutputMetadata["pix2pix_output_ab"].Dimensions);
        Assert.Equal([-1, 128, 64, 4], runner.Session.OutputMetadata["pix2pix_output_abgr"].Dimensions);
        Assert.Equal("pix2pix_input_abgr", Assert.Single(runner.Session.InputMetadata).Key);
    }
}

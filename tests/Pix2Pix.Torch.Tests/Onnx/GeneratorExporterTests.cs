using Pix2Pix.Torch.Data;
using Pix2Pix.Torch.Networks;
using Pix2Pix.Torch.Onnx;
using Pix2Pix.Torch.Tests.Networks;
using static TorchSharp.torch;
using Generator = Pix2Pix.Torch.Networks.Generator;

namespace Pix2Pix.Torch.Tests.Onnx;

[Collection(TorchCollection.Name)]
public class GeneratorExporterTests
{
    private static readonly GeneratorOptions Options = new() { Width = 64, Height = 128, Filters = 3 };

    /// <summary>A rounding may fall to the other side: one level, rarely.</summary>
    [Fact]
    public void Write_AnyVariant_GivesTheImagesOfTorchSharp()
    {
        Assert.All(ExportVariants.All, variant =>
        {
            using var generator = Lively.Generator(variant.Generator);
            using var runner = new OnnxRunner(OnnxRunner.Export(generator, variant.Inference));
            var images = AbgrImages.Random(seed: 3, count: 2, variant.Generator);

            var expected = AbgrImages.Translated(generator, variant.Inference, images, count: 2);
            var actual = runner.Run(images, count: 2, variant.Generator);

            var (largest, share) = AbgrImages.Difference(expected, actual);
            Assert.InRange(largest, 0, 1);
            Assert.InRange(share, 0, 0.01);
            Assert.True(actual.Distinct().Count() > 100, "The image has too few levels to tell whether the two agree.");
        });
    }

    [Theory]
    [InlineData(NormStatistics.Image)]
    [InlineData(NormStatistics.Running)]
    public void Write_BatchOfThree_IsThreeBatchesOfOne(NormStatistics statistics)
    {
        using var generator = Lively.Generator(Options);
        using var runner = new OnnxRunner(OnnxRunner.Export(generator, new() { Statistics = statistics, Dropout = true }));
        var images = AbgrImages.Random(seed: 4, count: 3, Options);

        var together = runner.Run(images, count: 3, Options);

        var alone = images.Chunk(images.Length / 3).SelectMany(image => runner.Run(image, count: 1, Options)).ToArray();
        Assert.InRange(AbgrImages.Difference(alone, together).Largest, 0, 1);
    }

    [Fact]
    public void Write_Alpha_IsIgnoredAndSet()
    {
        using var generator = Lively.Generator(Options);
        using var runner = new OnnxRunner(OnnxRunner.Export(generator, InferenceOptions.Default));
        var images = AbgrImages.Random(seed: 4, count: 1, Options);
        byte[] opaque = [.. images.Select((value, i) => i % 4 == AbgrImages.Alpha ? byte.MaxValue : value)];

        var result = runner.Run(images, count: 1, Options);

        Assert.Equal(result, runner.Run(opaque, count: 1, Options));
        Assert.All(result.Chunk(4), pixel => Assert.Equal(255, pixel[AbgrImages.Alpha]));
    }

    [Fact]
    public void Write_Model_NamesInputAndOutput()
    {
        using var generator = Lively.Generator(Options);
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
    public void Write_Model_HoldsTheOptions()
    {
        Assert.All(ExportVariants.All, variant =>
        {
            using var generator = Lively.Generator(variant.Generator);
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
    public void Append_KeyBehindAModel_IsReadWithIt()
    {
        using var generator = Lively.Generator(Options);
        using var stream = new MemoryStream();
        GeneratorExporter.Write(generator, InferenceOptions.Default, stream);
        OnnxMetadata.Append(stream, "added", "später");

        using var runner = new OnnxRunner(stream.ToArray());

        var metadata = runner.Session.ModelMetadata.CustomMetadataMap;
        Assert.Equal("später", metadata["added"]);
        Assert.Equal(4, metadata.Count);
    }

    [Fact]
    public void Write_Model_IsOfIr8AndOpset17()
    {
        using var generator = Lively.Generator(Options);
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
        using var generator = Lively.Generator(Options with { Norm = norm });
        var file = new OnnxFile(OnnxRunner.Export(generator, new() { Statistics = statistics }));
        Assert.Equal(nodes, file.Nodes.Count(n => n == "InstanceNormalization"));
        Assert.Equal((6, 6), (file.Nodes.Count(n => n == "Conv"), file.Nodes.Count(n => n == "ConvTranspose")));
        Assert.DoesNotContain("BatchNormalization", file.Nodes);
    }

    /// <summary>Reflection is a node of its own before the convolution, doubling by nearest neighbour another before that.</summary>
    [Theory]
    [InlineData(Upsampling.TransposedConvolution, 10, 2, 0, 8)]
    [InlineData(Upsampling.ResizeConvolution, 12, 0, 2, 10)]
    public void Write_ResNet_IsMadeOfTheseNodes(Upsampling upsampling, int convolutions, int transposed, int resizes, int reflections)
    {
        using var generator = Lively.Generator(
            Options with { Kind = GeneratorKind.ResNet, Upsampling = upsampling, ResidualBlocks = 3, Width = 36, Height = 44 });
        var nodes = new OnnxFile(OnnxRunner.Export(generator, InferenceOptions.Default)).Nodes.CountBy(n => n).ToDictionary();
        Assert.Equal(convolutions, nodes["Conv"]);
        Assert.Equal(transposed, nodes.GetValueOrDefault("ConvTranspose"));
        Assert.Equal(resizes, nodes.GetValueOrDefault("Resize"));
        Assert.Equal(reflections, nodes["Pad"] - 1); // one adds alpha
        Assert.Equal(3, nodes["Add"] - 1); // one scales to bytes
    }

    [Fact]
    public void Write_Twice_GivesTheSameBytesAndLeavesNoTensor()
    {
        using var generator = Lively.Generator(Options);
        var inference = new InferenceOptions { Dropout = true };
        var first = OnnxRunner.Export(generator, inference);
        var before = Tensors.Living();
        Assert.Equal(first, OnnxRunner.Export(generator, inference));
        Assert.Equal(before, Tensor.TotalCount);
    }

    [Theory]
    [InlineData(ImageChannels.Gray, ImageChannels.Rgb, 1, 3)]
    [InlineData(ImageChannels.Rgb, ImageChannels.Rgba, 3, 4)]
    public void Write_OtherThanThreeChannels_SaysWhatIsExpected(ImageChannels from, ImageChannels to, int inputs, int outputs)
    {
        using var generator = Generator.Create(Options with { Input = from, Output = to }, Placement.Cpu);
        using var stream = new MemoryStream();
        var error = Assert.Throws<NotSupportedException>(() => GeneratorExporter.Write(generator, InferenceOptions.Default, stream));
        Assert.Equal(
            $"The generator has {inputs} channels in and {outputs} out; the ONNX file holds images of bytes and expects 3 and 3.",
            error.Message);
        Assert.Equal(0, stream.Length);
    }
}

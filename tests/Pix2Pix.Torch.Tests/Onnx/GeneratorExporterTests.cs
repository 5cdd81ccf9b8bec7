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
            AssertSameImages(generator, variant.Inference, count: 2, largest: 1);
        });
    }

    /// <summary>
    /// Conversions included. A level of lightness more or less is up to two of gray; all others agree to one level.
    /// </summary>
    [Fact]
    public void Write_AnyChannels_GivesTheImagesOfTorchSharp()
    {
        Assert.All(ExportVariants.AllChannels, options =>
        {
            using var generator = Lively.Generator(options);
            AssertSameImages(generator, InferenceOptions.Default, count: 2, largest: options.Output == ImageChannels.Lightness ? 2 : 1);
        });
    }

    /// <summary>What the graph makes of bytes is to the bit what the training makes of them, so that the network sees the same.</summary>
    [Theory]
    [InlineData(ImageChannels.Gray)]
    [InlineData(ImageChannels.Lightness)]
    [InlineData(ImageChannels.Chroma)]
    public void Write_ConvertedInput_IsWhatTrainingSees(ImageChannels channels)
    {
        using var generator = Lively.Generator(Options with { Input = channels, Output = ImageChannels.Rgb, Width = 256, Height = 256 });
        using var runner = new OnnxRunner(OnnxRunner.Export(generator, InferenceOptions.Default));
        var image = TestImages.Random(256, 256, seed: 8);
        // A picture that has the channels already, as RGB: gray stays gray, and lightness and chroma are of the picture itself.
        var values = ChannelConversion.ToChannels(image, channels);

        var expected = generator.Translate(values, InferenceOptions.Default);
        var actual = OnnxPixels.Unpack(256, 256, runner.Run(OnnxPixels.Pack(image), count: 1, generator.Options));

        var difference = ByteDifference.Between(expected.Pixels, ChannelConversion.ToChannels(actual, ImageChannels.Rgb).Pixels);
        Assert.InRange(difference.Largest, 0, 1);
        Assert.InRange(difference.Share, 0, 0.001);
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
        Assert.InRange(ByteDifference.Between(alone, together).Largest, 0, 1);
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
    public void WriteMetadata_NewAndKnownKeys_AreReadWithTheModel()
    {
        using var generator = Lively.Generator(Options);
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
        Assert.Equal(3, nodes["Add"] - 2); // two scale from and to bytes
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

    [Fact]
    public void Write_Rgba_SeesAlphaAndGivesIt()
    {
        var options = Options with { Input = ImageChannels.Rgba, Output = ImageChannels.Rgba };
        using var generator = Lively.Generator(options);
        using var runner = new OnnxRunner(OnnxRunner.Export(generator, InferenceOptions.Default));
        var images = AbgrImages.Random(seed: 4, count: 1, options);
        byte[] opaque = [.. images.Select((value, i) => i % 4 == AbgrImages.Alpha ? byte.MaxValue : value)];

        var result = runner.Run(images, count: 1, options);

        Assert.NotEqual(result, runner.Run(opaque, count: 1, options));
        Assert.True(result.Chunk(4).Select(pixel => pixel[AbgrImages.Alpha]).Distinct().Count() > 50);
    }

    [Fact]
    public void Write_Gray_HasThreeEqualColors()
    {
        var options = Options with { Input = ImageChannels.Gray, Output = ImageChannels.Gray };
        using var generator = Lively.Generator(options);
        using var runner = new OnnxRunner(OnnxRunner.Export(generator, InferenceOptions.Default));

        var result = runner.Run(AbgrImages.Random(seed: 4, count: 1, options), count: 1, options);

        Assert.All(result.Chunk(4), pixel => Assert.Equal([255, pixel[1], pixel[1], pixel[1]], pixel));
    }

    [Fact]
    public void Write_Chroma_NamesASecondOutputOfBytes()
    {
        using var generator = Lively.Generator(Options with { Input = ImageChannels.Lightness, Output = ImageChannels.Chroma });
        using var runner = new OnnxRunner(OnnxRunner.Export(generator, InferenceOptions.Default));

        Assert.Equal(["pix2pix_output_ab", "pix2pix_output_abgr"], runner.Session.OutputMetadata.Keys.Order());
        Assert.Equal(typeof(byte), runner.Session.OutputMetadata["pix2pix_output_ab"].ElementType);
        Assert.Equal([-1, 128, 64, 2], runner.Session.OutputMetadata["pix2pix_output_ab"].Dimensions);
        Assert.Equal([-1, 128, 64, 4], runner.Session.OutputMetadata["pix2pix_output_abgr"].Dimensions);
        Assert.Equal("pix2pix_input_abgr", Assert.Single(runner.Session.InputMetadata).Key);
    }

    private static void AssertSameImages(Generator generator, InferenceOptions inference, int count, int largest)
    {
        var options = generator.Options;
        using var runner = new OnnxRunner(OnnxRunner.Export(generator, inference));
        var images = AbgrImages.Random(seed: 3, count, options);
        var (pictures, chromas) = (runner.Run(images, count, options), runner.RunChroma(images, count, options));
        for (var i = 0; i < count; i++)
        {
            var image = OnnxPixels.Unpack(options.Width, options.Height, Part(images, i));

            var difference = ExportComparison.Difference(generator, inference, image, Part(pictures, i), Part(chromas, i));

            Assert.InRange(difference.Largest, 0, largest);
            Assert.InRange(difference.Share, 0, 0.01);
        }

        Assert.True(pictures.Distinct().Count() > 100, "The image has too few levels to tell whether the two agree.");

        byte[] Part(byte[] bytes, int i) => bytes[(i * bytes.Length / count)..((i + 1) * bytes.Length / count)];
    }
}

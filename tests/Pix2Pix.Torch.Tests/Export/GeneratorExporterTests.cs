using Pix2Pix.Imaging;
using Pix2Pix.Onnx;
using Pix2Pix.Torch.Export;
using Pix2Pix.Torch.Tests.Networks;
using static TorchSharp.torch;
using Generator = Pix2Pix.Torch.Networks.Generator;

namespace Pix2Pix.Torch.Tests.Export;

[Collection(TorchCollection.Name)]
public class GeneratorExporterTests
{
    private static readonly GeneratorOptions Options = new() { Width = 64, Height = 128, Filters = 3 };

    /// <summary>Rounding may differ by one level in rare cases.</summary>
    [Fact]
    public void Write_AnyVariant_GivesTheImagesOfTorchSharp()
    {
        Assert.All(ExportVariants.All, variant =>
        {
            using var generator = RandomizedGenerator.Generator(variant.Generator);
            AssertSameImages(generator, variant.Inference, count: 2, largest: 1);
        });
    }

    /// <summary>
    /// Includes conversions. A difference of one level of lightness is up to two levels of gray; all others agree to one level.
    /// </summary>
    [Fact]
    public void Write_AnyChannels_GivesTheImagesOfTorchSharp()
    {
        Assert.All(ExportVariants.AllChannels, options =>
        {
            using var generator = RandomizedGenerator.Generator(options);
            AssertSameImages(generator, InferenceOptions.Default, count: 2, largest: options.Output == ImageChannels.Lightness ? 2 : 1);
        });
    }

    /// <summary>The graph converts bytes bit-identically to training, so the network receives the same input.</summary>
    [Theory]
    [InlineData(ImageChannels.Gray)]
    [InlineData(ImageChannels.Lightness)]
    [InlineData(ImageChannels.Chroma)]
    public void Write_ConvertedInput_IsWhatTrainingSees(ImageChannels channels)
    {
        using var generator = RandomizedGenerator.Generator(Options with { Input = channels, Output = ImageChannels.Rgb, Width = 256, Height = 256 });
        using var runner = new OnnxRunner(OnnxRunner.Export(generator, InferenceOptions.Default));
        var image = TestImages.Random(256, 256, seed: 8);
        // An image that already has the channels, as RGB: gray stays gray, and lightness and chroma are those of the image.
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
        using var generator = RandomizedGenerator.Generator(Options);
        using var runner = new OnnxRunner(OnnxRunner.Export(generator, new() { Statistics = statistics, Dropout = true }));
        var images = AbgrImages.Random(seed: 4, count: 3, Options);

        var together = runner.Run(images, count: 3, Options);

        var alone = images.Chunk(images.Length / 3).SelectMany(image => runner.Run(image, count: 1, Options)).ToArray();
        Assert.InRange(ByteDifference.Between(alone, together).Largest, 0, 1);
    }

    [Fact]
    public void Write_Alpha_IsIgnoredAndSet()
    {
        using var generator = RandomizedGenerator.Generator(Options);
        using var runner = new OnnxRunner(OnnxRunner.Export(generator, InferenceOptions.Default));
        var images = AbgrImages.Random(seed: 4, count: 1, Options);
        byte[] opaque = [.. images.Select((value, i) => i % 4 == AbgrImages.Alpha ? byte.MaxValue : value)];

        var result = runner.Run(images, count: 1, Options);

        Assert.Equal(result, runner.Run(opaque, count: 1, Options));
        Assert.All(result.Chunk(4), pixel => Assert.Equal(255, pixel[AbgrImages.Alpha]));
    }

    [Fact]
    public void Write_Twice_GivesTheSameBytesAndLeavesNoTensor()
    {
        using var generator = RandomizedGenerator.Generator(Options);
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
        using var generator = RandomizedGenerator.Generator(options);
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
        using var generator = RandomizedGenerator.Generator(options);
        using var runner = new OnnxRunner(OnnxRunner.Export(generator, InferenceOptions.Default));

        var result = runner.Run(AbgrImages.Random(seed: 4, count: 1, options), count: 1, options);

        Assert.All(result.Chunk(4), pixel => Assert.Equal([255, pixel[1], pixel[1], pixel[1]], pixel));
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

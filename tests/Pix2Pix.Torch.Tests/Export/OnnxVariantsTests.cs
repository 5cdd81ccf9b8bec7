using System.Runtime.InteropServices;
using Pix2Pix.Onnx;
using Pix2Pix.Torch.Tests.Networks;
using TorchSharp;
using static TorchSharp.torch;

namespace Pix2Pix.Torch.Tests.Export;

[Collection(TorchCollection.Name)]
public class OnnxVariantsTests
{
    private static readonly GeneratorOptions Options = new() { Width = 64, Height = 128, Filters = 8 };
    private static readonly OnnxFormat Half = new() { Weights = WeightPrecision.Half };
    private static readonly OnnxFormat Int8 = new() { Weights = WeightPrecision.Int8 };
    private static readonly OnnxFormat Network = new() { Interface = OnnxInterface.Network };

    [Theory]
    [InlineData(GeneratorKind.UNet, NormStatistics.Image, true)]
    [InlineData(GeneratorKind.UNet, NormStatistics.Running, false)]
    [InlineData(GeneratorKind.ResNet, NormStatistics.Image, false)]
    public void Write_Half_IsHalfTheFileAndAlmostTheSamePicture(GeneratorKind kind, NormStatistics statistics, bool dropout)
    {
        using var generator = Lively.Generator(Options with { Kind = kind });
        var file = OnnxRunner.Export(generator, new() { Statistics = statistics, Dropout = dropout });
        var half = Written(file, Half);
        using var runner = new OnnxRunner(file);
        using var halfRunner = new OnnxRunner(half);
        var images = AbgrImages.Random(seed: 3, count: 2, Options);

        var difference = ByteDifference.Between(runner.Run(images, 2, Options), halfRunner.Run(images, 2, Options));

        Assert.InRange((double)half.Length / file.Length, 0.49, 0.55);
        Assert.InRange(difference.Largest, 0, 2);
    }

    [Theory]
    [InlineData(GeneratorKind.UNet, NormStatistics.Image, true)]
    [InlineData(GeneratorKind.UNet, NormStatistics.Running, false)]
    [InlineData(GeneratorKind.ResNet, NormStatistics.Image, false)]
    public void Write_Int8_IsAQuarterOfTheFileAndNearlyTheSamePicture(GeneratorKind kind, NormStatistics statistics, bool dropout)
    {
        using var generator = Lively.Generator(Options with { Kind = kind });
        var file = OnnxRunner.Export(generator, new() { Statistics = statistics, Dropout = dropout });
        var narrow = Written(file, Int8);
        using var runner = new OnnxRunner(file);
        using var narrowRunner = new OnnxRunner(narrow);
        var images = AbgrImages.Random(seed: 3, count: 2, Options);

        var (expected, found) = (runner.Run(images, 2, Options), narrowRunner.Run(images, 2, Options));

        Assert.InRange((double)narrow.Length / file.Length, 0.24, 0.4);
        Assert.InRange(ByteDifference.Between(expected, found).Largest, 1, 40);
        Assert.InRange(expected.Zip(found, (one, other) => Math.Abs(one - other)).Average(), 0, 2);
    }

    [Fact]
    public void Write_HalfOfInt8_StaysAsItIs()
    {
        using var generator = Lively.Generator(Options);
        using (no_grad())
            generator.parameters().Where(parameter => parameter.dim() == 4).ElementAt(1).mul_(1e-4f); // scales beyond 16 bits; a norm is behind
        var narrow = Written(OnnxRunner.Export(generator, InferenceOptions.Default), Int8);
        using var runner = new OnnxRunner(narrow);
        using var again = new OnnxRunner(Written(narrow, Half));
        var images = AbgrImages.Random(seed: 3, count: 1, Options);

        Assert.Equal(runner.Run(images, 1, Options), again.Run(images, 1, Options));
    }

    [Fact]
    public void Write_Int8_RoundsEachWeightToTheNearest127thOfItsChannelsLargest()
    {
        using var generator = Lively.Generator(Options);
        var file = OnnxModel.Read(OnnxRunner.Export(generator, InferenceOptions.Default));
        var narrow = OnnxModel.Read(Written(OnnxRunner.Export(generator, InferenceOptions.Default), Int8));
        foreach (var weights in file.Nodes.Where(node => node.Type is "Conv" or "ConvTranspose"))
        {
            var constant = file.Constants.Single(constant => constant.Name == weights.Inputs[1]);
            var mul = narrow.Nodes.Single(node => node.Outputs[0] == constant.Name);
            var cast = narrow.Nodes.Single(node => node.Outputs[0] == mul.Inputs[0]);
            var scales = Tensor(narrow.Constants.Single(constant => constant.Name == mul.Inputs[1]));
            var stored = narrow.Constants.Single(constant => constant.Name == cast.Inputs[0]);
            using var levels = tensor(MemoryMarshal.Cast<byte, sbyte>(stored.FloatBytes.Span).ToArray(), stored.Dimensions.ToArray());
            using var original = Tensor(constant);

            using var apart = (levels * scales).sub(original).abs().div(scales);

            Assert.InRange(apart.max().item<float>(), 0, 0.5001f);
            Assert.Equal(127, levels.abs().amax(weights.Type == "Conv" ? [1, 2, 3] : [0, 2, 3]).min().item<sbyte>());
        }
    }

    [Fact]
    public void Write_HalfOfWeightsBeyondItsRange_KeepsTheirLayer()
    {
        using var generator = Lively.Generator(Options);
        using (no_grad())
            generator.parameters().Where(parameter => parameter.dim() == 4).ElementAt(1).mul_(1e8f); // a norm is behind it
        var file = OnnxRunner.Export(generator, InferenceOptions.Default);
        using var runner = new OnnxRunner(file);
        using var halfRunner = new OnnxRunner(Written(file, Half));
        var images = AbgrImages.Random(seed: 3, count: 1, Options);

        var found = halfRunner.Run(images, 1, Options);

        Assert.InRange(ByteDifference.Between(runner.Run(images, 1, Options), found).Largest, 0, 2);
        Assert.True(found.Distinct().Count() > 50, "The picture is empty.");
    }

    [Theory]
    [InlineData(ImageChannels.Rgb, ImageChannels.Rgb, WeightPrecision.Single)]
    [InlineData(ImageChannels.Gray, ImageChannels.Rgba, WeightPrecision.Single)]
    [InlineData(ImageChannels.Lightness, ImageChannels.Chroma, WeightPrecision.Single)]
    [InlineData(ImageChannels.Rgb, ImageChannels.Rgb, WeightPrecision.Half)]
    public void Write_NetworkAlone_GivesWhatTorchSharpGives(ImageChannels from, ImageChannels to, WeightPrecision weights)
    {
        var options = Options with { Input = from, Output = to };
        using var generator = Lively.Generator(options);
        var model = Written(OnnxRunner.Export(generator, InferenceOptions.Default), Network with { Weights = weights });
        using var runner = new NetworkRunner(model);
        using var input = rand([2, options.InputChannels, options.Height, options.Width], generator: new torch.Generator(5)).mul(2).sub(1);
        using var expected = generator.Translate(input, InferenceOptions.Default);

        using var found = runner.Run(input);

        Assert.Equal(expected.shape, found.shape);
        Assert.InRange(expected.sub(found).abs().max().item<float>(), 0, weights == WeightPrecision.Half ? 0.05f : 1e-4f);
    }

    [Fact]
    public void Write_NetworkAlone_TakesOtherSizes()
    {
        using var generator = Lively.Generator(Options);
        using var runner = new NetworkRunner(Written(OnnxRunner.Export(generator, InferenceOptions.Default), Network));
        using var other = Lively.Generator(Options with { Width = 192, Height = 64 });
        using var input = rand([1, 3, 64, 192], generator: new torch.Generator(5)).mul(2).sub(1);
        using var expected = other.Translate(input, InferenceOptions.Default);

        using var found = runner.Run(input);

        Assert.InRange(expected.sub(found).abs().max().item<float>(), 0, 1e-4f);
        Assert.Equal([-1, 3, -1, -1], runner.InputShape);
    }

    [Fact]
    public void Write_NetworkAloneWithDropout_HasTheSizeOfItsMasks()
    {
        using var generator = Lively.Generator(Options);
        using var runner = new NetworkRunner(Written(OnnxRunner.Export(generator, new() { Dropout = true, DropoutSeed = 3 }), Network));
        using var input = rand([1, 3, 128, 64], generator: new torch.Generator(5)).mul(2).sub(1);
        using var expected = generator.Translate(input, new() { Dropout = true, DropoutSeed = 3 });

        using var found = runner.Run(input);

        Assert.InRange(expected.sub(found).abs().max().item<float>(), 0, 1e-4f);
        Assert.Equal([-1, 3, 128, 64], runner.InputShape);
    }

    [Fact]
    public void Write_Default_KeepsAll()
    {
        using var generator = Lively.Generator(Options);
        var file = OnnxRunner.Export(generator, InferenceOptions.Default);
        using var runner = new OnnxRunner(file);
        using var again = new OnnxRunner(Written(file, OnnxFormat.Default));
        var images = AbgrImages.Random(seed: 3, count: 1, Options);

        Assert.Equal(runner.Run(images, 1, Options), again.Run(images, 1, Options));
        Assert.Equal(runner.Session.ModelMetadata.CustomMetadataMap, again.Session.ModelMetadata.CustomMetadataMap);
    }

    [Fact]
    public void Write_NetworkOfAModelTrainedElsewhere_SaysSo()
    {
        using var stream = new MemoryStream();
        ImageModel.Write(ForeignModel.Negative(new()), ImageModelOptions.Default, stream);

        var error = Assert.Throws<InvalidDataException>(() => OnnxVariants.Write(stream.ToArray(), Network, Stream.Null));
        Assert.StartsWith("The model was trained elsewhere", error.Message, StringComparison.Ordinal);
    }

    private static Tensor Tensor(OnnxConstant constant)
        => tensor(MemoryMarshal.Cast<byte, float>(constant.FloatBytes.Span).ToArray(), constant.Dimensions.ToArray());

    private static byte[] Written(byte[] file, OnnxFormat format)
    {
        using var stream = new MemoryStream();
        OnnxVariants.Write(file, format, stream);
        return stream.ToArray();
    }
}

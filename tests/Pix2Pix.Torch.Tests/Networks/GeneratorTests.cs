using Pix2Pix.Imaging;
using Pix2Pix.Torch.Networks;
using static TorchSharp.torch;
using Generator = Pix2Pix.Torch.Networks.Generator;

namespace Pix2Pix.Torch.Tests.Networks;

[Collection(TorchCollection.Name)]
public class GeneratorTests
{
    private static readonly GeneratorOptions Options = new() { Width = 64, Height = 64, Filters = 4 };

    public static TheoryData<GeneratorKind, NormKind, NormStatistics, bool> Kinds
    {
        get
        {
            var kinds = new TheoryData<GeneratorKind, NormKind, NormStatistics, bool>();
            var all =
                from kind in Enum.GetValues<GeneratorKind>()
                from norm in Enum.GetValues<NormKind>()
                from statistics in (NormStatistics[])[NormStatistics.Image, NormStatistics.Running]
                from dropout in (bool[])[false, true]
                select (kind, norm, statistics, dropout);
            foreach (var (kind, norm, statistics, dropout) in all)
                kinds.Add(kind, norm, statistics, dropout);
            return kinds;
        }
    }

    [Theory]
    [InlineData(GeneratorKind.UNet, typeof(UNetGenerator))]
    [InlineData(GeneratorKind.EncoderDecoder, typeof(EncoderDecoderGenerator))]
    [InlineData(GeneratorKind.ResNet, typeof(ResNetGenerator))]
    public void Create_Kind_IsThatNetwork(GeneratorKind kind, Type type)
    {
        using var generator = Generator.Create(Options with { Kind = kind }, TensorFactory.Cpu);
        Assert.IsType(type, generator);
        Assert.Equal(kind, generator.Options.Kind);
    }

    [Theory]
    [InlineData(GeneratorKind.UNet)]
    [InlineData(GeneratorKind.EncoderDecoder)]
    public void Create_SidesTooUnevenForTheKind_BuildsNoShallowOne(GeneratorKind kind)
    {
        var error = Assert.Throws<ArgumentException>(
            () => Generator.Create(Options with { Kind = kind, Width = 36, Height = 36 }, TensorFactory.Cpu));
        Assert.Equal(
            $"Generator.Kind is {kind}, which requires sides that are multiples of 32, but the images are 36x36; change the size, or use "
            + "ResNet, which accepts multiples of 4. (Parameter 'options')",
            error.Message);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Translate_ImageInABatch_IsIndependentOfTheOthers(GeneratorKind kind, NormKind norm, NormStatistics statistics, bool dropout)
    {
        using var scope = NewDisposeScope();
        using var generator = RandomizedGenerator.Generator(Options with { Norm = norm, Kind = kind, ResidualBlocks = 2 });
        var inference = new InferenceOptions { Statistics = statistics, Dropout = dropout };
        var images = Tensors.Random(seed: 2, 3, 3, 64, 64);

        var together = generator.Translate(images, inference);

        for (var i = 0; i < 3; i++)
        {
            var alone = generator.Translate(images.narrow(0, i, 1), inference);
            Tensors.AssertClose(Tensors.Doubles(alone), Tensors.Doubles(together.narrow(0, i, 1)), 1e-4, $"image {i}");
        }
    }

    [Fact]
    public void Translate_Bytes_GivesTheRoundedTensor()
    {
        using var scope = NewDisposeScope();
        using var generator = RandomizedGenerator.Generator(Options with { Input = ImageChannels.Rgba, Output = ImageChannels.Chroma });
        var input = new PixelImage(64, 64, 4);
        new Random(1).NextBytes(input.Pixels);
        var planes = Enumerable.Range(0, 4).SelectMany(c => input.Pixels.Where((_, i) => i % 4 == c)).Select(level => (level / 127.5f) - 1);
        var expected = Tensors.Floats(generator.Translate(tensor(planes.ToArray(), [1, 4, 64, 64]), InferenceOptions.Default));
        var before = Tensors.Living();

        var output = generator.Translate(input, InferenceOptions.Default);

        Assert.Equal(before, Tensor.TotalCount);
        Assert.Equal((64, 64, 2), (output.Width, output.Height, output.Channels));
        Assert.All(output.Pixels.Index(), value =>
        {
            var exact = (expected[(value.Index % 2 * 4096) + (value.Index / 2)] + 1) * 127.5;
            Assert.InRange(value.Item - Math.Clamp(exact, 0, 255), -0.5001, 0.5001);
        });
    }

    [Theory]
    [InlineData(64, 64, 4, "1 x 4 x 64 x 64")]
    [InlineData(65, 64, 3, "1 x 3 x 64 x 65")]
    public void Translate_BytesOfAnotherShape_ReportsBoth(int width, int height, int channels, string shape)
    {
        using var generator = RandomizedGenerator.Generator(Options);
        var error = Assert.Throws<ArgumentException>(
            () => generator.Translate(new PixelImage(width, height, channels), InferenceOptions.Default));
        Assert.StartsWith($"The input shape is {shape}; expected N x 3 x 64 x 64 (images, channels, height, width)", error.Message);
    }

    [Fact]
    public void Translate_OtherStatistics_GivesAnotherImage()
    {
        using var scope = NewDisposeScope();
        using var generator = RandomizedGenerator.Generator(Options);
        var image = Tensors.Random(seed: 2, 1, 3, 64, 64);
        var byImage = generator.Translate(image, InferenceOptions.Default);
        var byRunning = generator.Translate(image, new() { Statistics = NormStatistics.Running });
        Assert.True((byImage - byRunning).abs().max().item<float>() > 0.01f);
    }

    [Fact]
    public void Translate_Dropout_DependsOnItsSeedOnly()
    {
        using var scope = NewDisposeScope();
        using var generator = RandomizedGenerator.Generator(Options);
        var image = Tensors.Random(seed: 2, 1, 3, 64, 64);
        float[] Translated(InferenceOptions options) => Tensors.Floats(generator.Translate(image, options));

        var dropped = Translated(new() { Dropout = true, DropoutSeed = 4 });
        Assert.Equal(dropped, Translated(new() { Dropout = true, DropoutSeed = 4 }));
        Assert.NotEqual(dropped, Translated(new() { Dropout = true, DropoutSeed = 5 }));
        Assert.NotEqual(dropped, Translated(InferenceOptions.Default));
    }

    [Fact]
    public void Translate_OnlyTheImage_OutlivesTheCall()
    {
        using var generator = RandomizedGenerator.Generator(Options);
        using var image = Tensors.Random(seed: 2, 1, 3, 64, 64);
        generator.Translate(image, InferenceOptions.Default).Dispose();
        var before = Tensors.Living();

        using var translation = generator.Translate(image, InferenceOptions.Default);

        Assert.Equal(before + 1, Tensor.TotalCount);
        Assert.False(translation.requires_grad);
    }

    [Theory]
    [InlineData("3 x 64 x 64", 3, 64, 64)]
    [InlineData("1 x 1 x 64 x 64", 1, 1, 64, 64)]
    [InlineData("2 x 3 x 64 x 32", 2, 3, 64, 32)]
    [InlineData("1 x 3 x 128 x 128", 1, 3, 128, 128)]
    [InlineData("0 x 3 x 64 x 64", 0, 3, 64, 64)]
    public void Translate_AnotherShape_ReportsWhatIsExpected(string shape, params int[] sizes)
    {
        using var scope = NewDisposeScope();
        using var generator = RandomizedGenerator.Generator(Options);
        var image = zeros([.. sizes.Select(s => (long)s)]);
        var error = Assert.Throws<ArgumentException>(() => generator.Translate(image, InferenceOptions.Default));
        Assert.Equal(
            $"The input shape is {shape}; expected N x 3 x 64 x 64 (images, channels, height, width) with at least one image. (Parameter " +
            "'input')",
            error.Message);
    }
}

using Pix2Pix.Torch.Networks;
using static TorchSharp.torch;
using Generator = Pix2Pix.Torch.Networks.Generator;

namespace Pix2Pix.Torch.Tests.Networks;

[Collection(TorchCollection.Name)]
public class ResNetGeneratorTests
{
    private static readonly GeneratorOptions Options =
        new() { Kind = GeneratorKind.ResNet, Width = 36, Height = 20, Filters = 2, ResidualBlocks = 2, Dropout = false };

    [Fact]
    public void Apply_TwoBlocks_HasTheLayersOfThePeers() => Assert.Equal(
        [
            "reflect7 3-2 norm", "relu 2", "down3 2-4 norm", "relu 4", "down3 4-8 norm", "relu 8",
            "reflect3 8-8 norm", "relu 8", "reflect3 8-8 norm", "add",
            "reflect3 8-8 norm", "relu 8", "reflect3 8-8 norm", "add",
            "up3 8-4 norm", "relu 4", "up3 4-2 norm", "relu 2", "reflect7 2-3", "tanh",
        ],
        RecordingOps.Of(Options).Calls);

    [Fact]
    public void Apply_ResizeConvolution_DoublesWithIt() => Assert.Equal(
        ["resize 8-4 norm", "relu 4", "resize 4-2 norm", "relu 2"],
        RecordingOps.Of(Options with { Upsampling = Upsampling.ResizeConvolution }).Calls[^6..^2]);

    [Fact]
    public void Apply_Dropout_StandsBetweenABlocksConvolutions()
    {
        var ops = RecordingOps.Of(Options with { Dropout = true });
        Assert.Equal(["reflect3 8-8 norm", "relu 8", "dropout", "reflect3 8-8 norm", "add"], ops.Calls[6..11]);
        Assert.Equal([new(Index: 0, Channels: 8, Height: 5, Width: 9), new(Index: 1, Channels: 8, Height: 5, Width: 9)], ops.Sites);
    }

    [Theory]
    [InlineData(6, 18)]
    [InlineData(9, 24)]
    public void Apply_ResidualBlocks_AreTwoLayersEach(int blocks, int layers)
        => Assert.Equal(layers, RecordingOps.Of(Options with { ResidualBlocks = blocks }).Layers.Count);

    /// <summary>Batch normalization subtracts the mean, so a bias before it would have no effect; the other kinds have biases.</summary>
    [Theory]
    [InlineData(NormKind.Batch, 1)]
    [InlineData(NormKind.Instance, 10)]
    [InlineData(NormKind.None, 10)]
    public void Apply_AnyNorm_HasBiasesWhereTheyMatter(NormKind norm, int biases)
    {
        var layers = RecordingOps.Of(Options with { Norm = norm }).Layers;
        Assert.Equal(biases, layers.Count(l => l.Bias is not null));
        Assert.Equal(norm == NormKind.None ? 0 : 9, layers.Count(l => l.Norm is not null));
        Assert.NotNull(layers[^1].Bias);
        Assert.Null(layers[^1].Norm);
    }

    [Fact]
    public void Parameters_Always_AreNamedByPlace() => Assert.Equal(
        "encoder1 encoder2 encoder3 block1.convolution1 block1.convolution2 block2.convolution1 block2.convolution2 decoder1 decoder2 decoder3",
        string.Join(' ', Names(Options with { Norm = NormKind.Instance })));

    /// <summary>At 8 pixels, the feature maps of the blocks have a side of 2, the minimum for reflection padding of 1.</summary>
    [Theory]
    [InlineData(8, 8, Upsampling.TransposedConvolution)]
    [InlineData(8, 8, Upsampling.ResizeConvolution)]
    [InlineData(8, 12, Upsampling.TransposedConvolution)]
    [InlineData(44, 36, Upsampling.ResizeConvolution)]
    [InlineData(100, 60, Upsampling.TransposedConvolution)]
    public void Translate_MultiplesOfFour_GivesImagesOfThatSizeInRange(int width, int height, Upsampling upsampling)
    {
        using var scope = NewDisposeScope();
        using var generator = RandomizedGenerator.Generator(Options with { Width = width, Height = height, Upsampling = upsampling, Dropout = true });

        var image = generator.Translate(Tensors.Random(seed: 1, 1, 3, height, width), new() { Dropout = true });

        Assert.Equal([1, 3, height, width], image.shape);
        Assert.InRange(image.abs().max().item<float>(), 1e-3f, 1);
        Assert.False(image.isnan().any().item<bool>());
    }

    private static IEnumerable<string> Names(GeneratorOptions options)
    {
        using var generator = Generator.Create(options, TensorFactory.Cpu);
        return [.. generator.named_parameters().Select(p => p.name[..p.name.LastIndexOf('.')]).Distinct()];
    }
}

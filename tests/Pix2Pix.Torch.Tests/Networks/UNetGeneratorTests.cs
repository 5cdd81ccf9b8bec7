using Pix2Pix.Torch.Networks;
using static TorchSharp.torch;
using Generator = Pix2Pix.Torch.Networks.Generator;

namespace Pix2Pix.Torch.Tests.Networks;

[Collection(TorchCollection.Name)]
public class UNetGeneratorTests
{
    private static readonly string[] Encoder32 =
    [
        "down 3-2", "leaky", "down 2-4 norm", "leaky", "down 4-8 norm", "leaky", "down 8-16 norm", "leaky", "down 16-16",
        "relu 16", "up 16-16 norm",
    ];

    [Fact]
    public void Apply_ActivatedTogetherAt32_HasThePapersLayers()
    {
        string[] decoder =
        [
            "concat 16+16", "relu 32", "up 32-8 norm", "concat 8+8", "relu 16", "up 16-4 norm",
            "concat 4+4", "relu 8", "up 8-2 norm", "concat 2+2", "relu 4", "up 4-3", "tanh",
        ];
        Assert.Equal([.. Encoder32, .. decoder], RecordingOps.Of(Options(32, 32)).Calls);
    }

    [Fact]
    public void Apply_BeforeActivationAt32_ActivatesTheDecoderOnly()
    {
        string[] decoder =
        [
            "relu 16", "concat 16+16", "up 32-8 norm", "relu 8", "concat 8+8", "up 16-4 norm",
            "relu 4", "concat 4+4", "up 8-2 norm", "relu 2", "concat 2+2", "up 4-3", "tanh",
        ];
        var options = Options(32, 32) with { Skips = SkipConnections.BeforeActivation };
        Assert.Equal([.. Encoder32, .. decoder], RecordingOps.Of(options).Calls);
    }

    /// <summary>Normalization of a single value would return only the shift.</summary>
    [Theory]
    [InlineData(32)]
    [InlineData(64)]
    [InlineData(256)]
    public void Apply_AnySize_NormalizesAllButTheImagesLayersAndTheInnermost(int size)
    {
        var layers = RecordingOps.Of(Options(size, size)).Layers;
        var depth = layers.Count / 2;
        var without = layers.Index().Where(l => l.Item.Norm is null).Select(l => l.Index);
        Assert.Equal([0, depth - 1, (2 * depth) - 1], without);
    }

    /// <summary>Batch normalization subtracts the mean, so a bias before it would have no effect; the other kinds have biases.</summary>
    [Theory]
    [InlineData(NormKind.Batch, 1)]
    [InlineData(NormKind.Instance, 10)]
    [InlineData(NormKind.None, 10)]
    public void Apply_AnyNorm_HasBiasesWhereTheyMatter(NormKind norm, int biases)
    {
        var layers = RecordingOps.Of(Options(32, 32) with { Norm = norm }).Layers;
        Assert.Equal(biases, layers.Count(l => l.Bias is not null));
        Assert.NotNull(layers[^1].Bias);
    }

    [Theory]
    [InlineData(32, 32, "")]
    [InlineData(64, 64, "0: 16x4x4")]
    [InlineData(128, 128, "0: 16x4x4, 1: 16x8x8")]
    [InlineData(256, 256, "0: 16x4x4, 1: 16x8x8, 2: 16x16x16")]
    [InlineData(512, 512, "0: 16x4x4, 1: 16x8x8, 2: 16x16x16")]
    [InlineData(1024, 1024, "0: 16x4x4, 1: 16x8x8, 2: 16x16x16")]
    [InlineData(64, 128, "0: 16x8x4")]
    [InlineData(96, 64, "")]
    [InlineData(384, 128, "0: 16x4x12, 1: 16x8x24")]
    public void Apply_SizeWithRoom_DropsOutNextToTheInnermostBlock(int width, int height, string sites)
    {
        var recorded = RecordingOps.Of(Options(width, height)).Sites.Select(s => $"{s.Index}: {s.Channels}x{s.Height}x{s.Width}");
        Assert.Equal(sites, string.Join(", ", recorded));
    }

    /// <summary>The innermost decoder block, whose feature map is 2x2, has no dropout; elsewhere, it follows the normalization.</summary>
    [Fact]
    public void Apply_At256_DropsOutInDecoderBlocksTwoToFour()
    {
        var calls = RecordingOps.Of(Options(256, 256)).Calls;
        Assert.Equal(
            ["up 16-16 norm", "concat 16+16", "relu 32", "up 32-16 norm", "dropout", "concat 16+16"],
            calls[16..22]);
        Assert.Equal(3, calls.Count(c => c == "dropout"));
    }

    [Fact]
    public void Apply_DropoutOff_HasNone()
        => Assert.DoesNotContain("dropout", RecordingOps.Of(Options(256, 256) with { Dropout = false }).Calls);

    [Theory]
    [InlineData(32, 32)]
    [InlineData(64, 64)]
    [InlineData(128, 128)]
    [InlineData(256, 256)]
    [InlineData(512, 512)]
    [InlineData(1024, 1024)]
    [InlineData(64, 128)]
    [InlineData(96, 64)]
    [InlineData(160, 96)]
    [InlineData(384, 128)]
    public void Translate_AnySize_GivesImagesOfThatSizeInRange(int width, int height)
    {
        using var scope = NewDisposeScope();
        using var generator = Generator.Create(Options(width, height) with { Filters = 1, Input = Pix2Pix.ImageChannels.Chroma }, TensorFactory.Cpu);
        WeightInit.Draw(generator, WeightInitOptions.Default, seed: 1);

        var image = generator.Translate(Tensors.Random(seed: 1, 1, 2, height, width), new() { Dropout = true });

        Assert.Equal([1, 3, height, width], image.shape);
        Assert.InRange(image.abs().max().item<float>(), 1e-6f, 1);
        Assert.False(image.requires_grad);
    }

    private static GeneratorOptions Options(int width, int height) => new() { Width = width, Height = height, Filters = 2 };
}

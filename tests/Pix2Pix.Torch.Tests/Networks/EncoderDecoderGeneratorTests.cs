using static TorchSharp.torch;

namespace Pix2Pix.Torch.Tests.Networks;

[Collection(TorchCollection.Name)]
public class EncoderDecoderGeneratorTests
{
    private static readonly GeneratorOptions Options =
        new() { Kind = GeneratorKind.EncoderDecoder, Width = 32, Height = 32, Filters = 2 };

    [Fact]
    public void Apply_At32_IsTheUNetWithoutSkips() => Assert.Equal(
        [
            "down 3-2", "leaky", "down 2-4 norm", "leaky", "down 4-8 norm", "leaky", "down 8-16 norm", "leaky", "down 16-16",
            "relu 16", "up 16-16 norm", "relu 16", "up 16-8 norm", "relu 8", "up 8-4 norm", "relu 4", "up 4-2 norm", "relu 2", "up 2-3",
            "tanh",
        ],
        RecordingOps.Of(Options).Calls);

    [Fact]
    public void Apply_ResizeConvolution_DoublesWithIt() => Assert.Equal(
        ["resize 16-16 norm", "resize 16-8 norm", "resize 8-4 norm", "resize 4-2 norm", "resize 2-3"],
        RecordingOps.Of(Options with { Upsampling = Upsampling.ResizeConvolution }).Calls.Where(c => c.StartsWith("resize")));

    [Fact]
    public void Apply_SizeWithRoom_DropsOutWhereTheUNetDoes()
    {
        var large = Options with { Width = 128, Height = 384 };
        var sites = RecordingOps.Of(large).Sites;
        Assert.Equal(2, sites.Count);
        Assert.Equal(RecordingOps.Of(large with { Kind = GeneratorKind.UNet }).Sites, sites);
    }

    [Fact]
    public void Apply_Skips_AreIgnored() => Assert.Equal(
        RecordingOps.Of(Options).Calls, RecordingOps.Of(Options with { Skips = SkipConnections.BeforeActivation }).Calls);

    /// <summary>All information passes through the innermost feature map: if it is the same, so is the image.</summary>
    [Theory]
    [InlineData(GeneratorKind.EncoderDecoder, true)]
    [InlineData(GeneratorKind.UNet, false)]
    public void Translate_BlankInnermostFeatureMap_GivesTheSameImage(GeneratorKind kind, bool same)
    {
        using var scope = NewDisposeScope();
        using var noGradient = no_grad();
        using var generator = RandomizedGenerator.Generator(Options with { Kind = kind });
        generator.named_parameters().Single(p => p.name == "encoder5.weight").parameter.zero_();
        double[] Translated(int seed) => Tensors.Doubles(generator.Translate(Tensors.Random(seed, 1, 3, 32, 32), InferenceOptions.Default));
        Assert.Equal(same, Translated(seed: 1).SequenceEqual(Translated(seed: 2)));
    }
}

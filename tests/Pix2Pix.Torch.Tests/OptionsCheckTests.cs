using Pix2Pix.Torch.Networks;

namespace Pix2Pix.Torch.Tests;

[Collection(TorchCollection.Name)]
public class OptionsCheckTests
{
    private static readonly GeneratorOptions ResNet = new() { Kind = GeneratorKind.ResNet, Width = 36, Height = 44 };

    [Fact]
    public void Check_Defaults_Pass() => Check();

    [Fact]
    public void Check_ResNetOfMultiplesOfFour_Passes() => Check(ResNet);

    [Theory]
    [InlineData(GeneratorKind.UNet)]
    [InlineData(GeneratorKind.EncoderDecoder)]
    public void Check_SidesTooUnevenForTheKind_ReportsWhatItNeeds(GeneratorKind kind)
    {
        AssertProblem(
            $"Generator.Kind is {kind}, which requires sides that are multiples of 32, but the images are 36x44; change the size, or use "
            + "ResNet, which accepts multiples of 4.",
            ResNet with { Kind = kind });
        Check(ResNet with { Kind = kind, Width = 32, Height = 160 });
    }

    /// <summary>The smallest side by number of halvings and scales; with four pixels less, a scale has no logits.</summary>
    [Theory]
    [InlineData(1, 2, 12)]
    [InlineData(1, 3, 24)]
    [InlineData(2, 1, 12)]
    [InlineData(3, 1, 24)]
    [InlineData(3, 2, 48)]
    [InlineData(4, 3, 192)]
    [InlineData(5, 1, 96)]
    [InlineData(5, 3, 384)]
    public void Check_PatchLargerThanTheImage_ReportsTheSmallestSide(int layers, int scales, int side)
    {
        var discriminator = new DiscriminatorOptions { Layers = layers, Scales = scales };
        Check(ResNet with { Width = side, Height = side }, discriminator);
        AssertProblem(
            $"Discriminator.Layers is {layers} and Discriminator.Scales is {scales}, which is too many for images of {side}x{side - 4}; "
            + $"use images with sides of at least {side}, or fewer layers or scales.",
            ResNet with { Width = side, Height = side - 4 },
            discriminator);
    }

    /// <summary>Compares the rule with the networks themselves, for all sides near the smallest.</summary>
    [Theory]
    [InlineData(0, 3)]
    [InlineData(1, 1)]
    [InlineData(1, 3)]
    [InlineData(2, 2)]
    [InlineData(3, 1)]
    public void SmallestSide_SidesAroundIt_AreThoseWithALogitAtEachScale(int layers, int scales)
    {
        var options = new DiscriminatorOptions { Layers = layers, Scales = scales, Filters = 1, Norm = NormKind.None };
        using var scope = TorchSharp.torch.NewDisposeScope();
        using var discriminator = new Discriminator(options, 3, 3, TensorFactory.Cpu);
        WeightInit.Draw(discriminator, WeightInitOptions.Default, seed: 1);
        for (var side = GeneratorOptions.MinSide; side <= 2 * Math.Max(8, options.SmallestSide); side += 4)
        {
            var image = Tensors.Random(1, 1, 3, side, side);
            DiscriminatorOutput Discriminate() => discriminator.Apply(new TrainingOps(dropoutSeed: 1), image, image);
            if (side >= options.SmallestSide)
                Assert.All(Discriminate().Logits, l => Assert.True(l.numel() > 0, $"{side}"));
            else
                Assert.ThrowsAny<Exception>(Discriminate);
        }
    }

    /// <summary>Without an adversarial loss, the discriminator is not used.</summary>
    [Fact]
    public void Check_PatchLargerThanTheImageWithoutAnAdversarialLoss_Passes() => Check(
        ResNet with { Width = 8, Height = 8 }, training: new() { Losses = new() { AdversarialWeight = 0 } });

    [Fact]
    public void Check_SeveralContradictions_NamesAll() => AssertProblem(
        "Generator.Kind is UNet, which requires sides that are multiples of 32, but the images are 40x20; change the size, or use ResNet, "
        + "which accepts multiples of 4.\n  Discriminator.Layers is 3 and Discriminator.Scales is 1, which is too many for images of "
        + "40x20; use images with sides of at least 24, or fewer layers or scales.\n  Augmentation.RightAngles rotates images by 90 "
        + "degrees, but the images are 40x20; turn it off, or use square images.",
        new() { Width = 40, Height = 20 },
        training: new() { Augmentation = new() { RightAngles = true } });

    [Theory]
    [InlineData(ImageChannels.Chroma)]
    [InlineData(ImageChannels.Rgba)]
    public void Check_ColorsOfUnsupportedChannels_ReportsWhatToDo(ImageChannels output)
    {
        var training = new TrainingOptions { DiscriminatorAugmentation = DiscriminatorAugmentation.Color | DiscriminatorAugmentation.Cutout };
        AssertProblem(
            $"DiscriminatorAugmentation is Color, Cutout, but Color does not support Generator.Output {output}; remove Color, or choose "
            + "another output.",
            new() { Output = output },
            training: training);
        Check(new() { Output = output }, training: training with { DiscriminatorAugmentation = DiscriminatorAugmentation.Cutout });
    }

    [Theory]
    [InlineData(ImageChannels.Rgb)]
    [InlineData(ImageChannels.Gray)]
    [InlineData(ImageChannels.Lightness)]
    public void Check_ColorsOfOneKind_Pass(ImageChannels output)
        => Check(new() { Output = output }, training: new() { DiscriminatorAugmentation = DiscriminatorAugmentation.Color });

    [Fact]
    public void Trainer_Contradictions_AreFoundBeforeAnythingIsBuilt()
    {
        var error = Assert.Throws<ArgumentException>(
            () => new Pix2PixTrainer(new() { Width = 36 }, DiscriminatorOptions.Default, TrainingOptions.Default));
        Assert.StartsWith("The options contradict each other:\n  Generator.Kind is UNet", error.Message);
    }

    private static void Check(GeneratorOptions? generator = null, DiscriminatorOptions? discriminator = null, TrainingOptions? training = null)
        => OptionsCheck.Check(
            generator ?? GeneratorOptions.Default, discriminator ?? DiscriminatorOptions.Default, training ?? TrainingOptions.Default);

    private static void AssertProblem(
        string problem, GeneratorOptions? generator = null, DiscriminatorOptions? discriminator = null, TrainingOptions? training = null)
    {
        var error = Assert.Throws<ArgumentException>(() => Check(generator, discriminator, training));
        Assert.Equal($"The options contradict each other:\n  {problem}", error.Message);
    }
}

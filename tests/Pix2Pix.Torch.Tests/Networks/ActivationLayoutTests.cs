using Pix2Pix.Torch.Networks;
using static TorchSharp.torch;
using Generator = Pix2Pix.Torch.Networks.Generator;

namespace Pix2Pix.Torch.Tests.Networks;

/// <summary>Activations in the channels-last layout.</summary>
[Collection(TorchCollection.Name)]
public class ActivationLayoutTests
{
    private static readonly GeneratorOptions Small = new() { Width = 32, Height = 32, Filters = 16 };

    public static TheoryData<GeneratorKind, Upsampling> Generators => new()
    {
        { GeneratorKind.UNet, Upsampling.TransposedConvolution },
        { GeneratorKind.UNet, Upsampling.ResizeConvolution },
        { GeneratorKind.EncoderDecoder, Upsampling.TransposedConvolution },
        { GeneratorKind.ResNet, Upsampling.TransposedConvolution },
    };

    [Fact]
    public void ChannelsLast_Images_KeepTheirValues()
    {
        using var scope = NewDisposeScope();
        var images = Tensors.Random(1, 2, 3, 4, 5);

        var laid = images.ChannelsLast();

        Assert.Equal([60, 1, 15, 3], laid.stride());
        Assert.Equal(images.shape, laid.shape);
        Assert.Equal(Tensors.Floats(images), Tensors.Floats(laid.contiguous()));
        Assert.Same(laid, laid.ChannelsLast());
    }

    [Theory]
    [MemberData(nameof(Generators))]
    public void Apply_ChannelsLast_GivesTheSameChannelsLast(GeneratorKind kind, Upsampling upsampling)
    {
        using var scope = NewDisposeScope();
        using var generator = Generator.Create(Small with { Kind = kind, Upsampling = upsampling }, TensorFactory.Cpu);
        WeightInit.Draw(generator, new(), seed: 1);
        var images = Tensors.Random(1, 2, 3, 32, 32);
        var planes = generator.Apply(new TrainingOps(dropoutSeed: 1), images);

        var laid = generator.Apply(new TrainingOps(dropoutSeed: 1, channelsLast: true), images);

        Assert.Equal(1, laid.stride(1));
        Tensors.AssertClose(Tensors.Doubles(planes), Tensors.Doubles(laid.contiguous()), 1e-4, "translation");
    }

    [Fact]
    public void Discriminator_ChannelsLast_GivesTheSameChannelsLast()
    {
        using var scope = NewDisposeScope();
        using var discriminator = new Discriminator(new() { Filters = 16, Scales = 2 }, 3, 3, TensorFactory.Cpu);
        WeightInit.Draw(discriminator, new(), seed: 1);
        var (input, image) = (Tensors.Random(1, 2, 3, 64, 64), Tensors.Random(2, 2, 3, 64, 64));
        var planes = discriminator.Apply(new TrainingOps(dropoutSeed: 1), input, image);

        var laid = discriminator.Apply(new TrainingOps(dropoutSeed: 1, channelsLast: true), input, image);

        foreach (var (expected, actual) in planes.Scales.SelectMany(maps => maps).Zip(laid.Scales.SelectMany(maps => maps)))
        {
            Assert.Equal(1, actual.shape[1] == 1 ? 1 : actual.stride(1));
            Tensors.AssertClose(Tensors.Doubles(expected), Tensors.Doubles(actual.contiguous()), 1e-4, "maps");
        }
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Trainer_Option_ReachesBothNetworks(bool channelsLast)
    {
        using var trainer = TinyTraining.Trainer(TinyTraining.Options with { ChannelsLast = channelsLast });
        Assert.Equal((channelsLast, channelsLast), (trainer.GeneratorOps().ChannelsLast, trainer.DiscriminatorOps.ChannelsLast));
    }

    [Theory]
    [InlineData(NormKind.Batch)]
    [InlineData(NormKind.Instance)]
    public void Train_ChannelsLast_BeginsTheSame(NormKind norm)
    {
        StepLosses[] Losses(bool channelsLast)
        {
            var options = TinyTraining.Options with { ChannelsLast = channelsLast, LearningRate = 1e-5 };
            using var trainer = TinyTraining.Trainer(options, TinyTraining.Generator with { Norm = norm });
            var progress = new ProgressList();
            trainer.Train(TinyTraining.Pairs(6), new() { Progress = progress });
            return [.. progress.Reports.Select(report => report.Losses)];
        }

        foreach (var (planes, laid) in Losses(channelsLast: false).Zip(Losses(channelsLast: true)))
        {
            Assert.Equal(planes.Discriminator, laid.Discriminator, 1e-3);
            Assert.Equal(planes.Adversarial, laid.Adversarial, 1e-3);
            Assert.Equal(planes.L1, laid.L1, 1e-3);
        }
    }
}

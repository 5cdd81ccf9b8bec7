using Pix2Pix.Imaging;
using Pix2Pix.Onnx;
using Pix2Pix.Torch.Data;
using Pix2Pix.Torch.Export;
using Pix2Pix.Torch.Networks;
using Pix2Pix.Torch.Tests.Export;
using static TorchSharp.torch;

namespace Pix2Pix.Torch.Tests;

/// <summary>Trainings with bfloat16 activations on the CPU.</summary>
[Collection(TorchCollection.Name)]
public class BFloat16Tests
{
    private static readonly TrainingOptions Narrow = TinyTraining.Options with { Precision = TrainingPrecision.BFloat16 };

    /// <summary>As <see cref="Pix2PixTrainerTests.Train_FourPairs_Overfits"/>, which has a stricter limit.</summary>
    [Fact]
    public void Train_FourPairs_OverfitsAndExportsFloat32()
    {
        var generator = new GeneratorOptions { Width = 32, Height = 32, Filters = 8 };
        var options = Narrow with
        {
            Epochs = 100,
            BatchSize = 1,
            LearningRate = 0.002,
            Augmentation = new() { LoadScale = 1, Mirror = false },
            Seed = 1,
        };
        var pairs = new ImagePairs(generator, options);
        for (var i = 0; i < 4; i++)
            pairs.Add(Blocks(seed: i), Blocks(seed: 100 + i));
        using var trainer = new Pix2PixTrainer(generator, new() { Filters = 4 }, options);
        var progress = new ProgressList();

        trainer.Train(pairs, new() { Progress = progress });

        var l1 = progress.Reports.Select(r => r.Losses.L1).ToList();
        Assert.All(progress.Reports, r => Assert.True(r.Losses.AreFinite));
        Assert.InRange(l1[..4].Average(), 0.4, 1);
        Assert.InRange(l1[^4..].Average(), 0, 0.15);

        foreach (var statistics in (NormStatistics[])[NormStatistics.Image, NormStatistics.Running])
        {
            var inference = new InferenceOptions { Statistics = statistics };
            using var runner = new OnnxRunner(OnnxRunner.Export(trainer.Generator, inference));
            var abgr = runner.Run(OnnxPixels.Pack(Blocks(seed: 0)), count: 1, generator);
            Assert.InRange(ExportComparison.Difference(trainer.Generator, inference, Blocks(seed: 0), abgr, []).Largest, 0, 1);
        }
    }

    [Fact]
    public void Step_Done_LeavesAllThatIsKeptInFloat32()
    {
        using var scope = NewDisposeScope();
        using var trainer = TinyTraining.Trainer(Narrow with { AverageDecay = 0.9, ImagePool = 2 });
        Step(trainer);
        Tensor[] kept =
        [
            .. trainer.Generator.parameters().Concat(trainer.Discriminator.parameters()).SelectMany(p => new[] { p, p.grad! }),
            .. trainer.Generator.buffers(), .. trainer.Discriminator.buffers(), .. trainer.GeneratorAverage!.State.Tensors,
            trainer.GeneratorAdam.FirstMoment, trainer.GeneratorAdam.SecondMoment,
            .. trainer.Pool.Pairs.SelectMany(pair => new[] { pair.Input, pair.Image }),
        ];
        Assert.All(kept, tensor => Assert.Equal(ScalarType.Float32, tensor.dtype));
    }

    /// <summary>
    /// The first moments after one step are half the gradients. Those of bfloat16 are close to those of float32, but not equal, which shows
    /// that bfloat16 was used. The adversarial losses differ most, because the sign of a small difference can invert a gradient.
    /// </summary>
    [Theory]
    [InlineData(GeneratorKind.UNet, NormKind.Batch, "vanilla")]
    [InlineData(GeneratorKind.UNet, NormKind.Instance, "features")]
    [InlineData(GeneratorKind.UNet, NormKind.None, "vanilla")]
    [InlineData(GeneratorKind.EncoderDecoder, NormKind.Instance, "penalty")]
    [InlineData(GeneratorKind.ResNet, NormKind.Batch, "images")]
    public void Step_AnyVariant_HasGradientsNearThoseOfFloat32(GeneratorKind kind, NormKind norm, string variant)
    {
        using var scope = NewDisposeScope();
        var losses = variant switch
        {
            "features" => new LossOptions { FeatureMatchingWeight = 10 },
            "penalty" => new() { Adversarial = AdversarialKind.WassersteinGradientPenalty },
            _ => new(),
        };
        var options = Narrow with { Losses = losses, Statistics = variant == "images" ? NormStatistics.Image : null };
        var generator = TinyTraining.Generator with { Kind = kind, Norm = norm, Filters = 8, ResidualBlocks = 2, Dropout = false };
        var discriminator = new DiscriminatorOptions { Filters = 8, Layers = 2, Norm = norm, Scales = variant == "features" ? 2 : 1 };
        using var narrow = new Pix2PixTrainer(generator, discriminator, options);
        using var wide = new Pix2PixTrainer(generator, discriminator, options with { Precision = TrainingPrecision.Float32 });

        var (found, expected) = (Step(narrow), Step(wide));

        Assert.InRange(found.L1 / expected.L1, 0.99, 1.01);
        Assert.InRange(found.Discriminator - expected.Discriminator, -0.02, 0.02);
        Assert.InRange(found.GradientPenalty - expected.GradientPenalty, -0.02, 0.02);
        Assert.InRange(Distance(narrow.GeneratorAdam.FirstMoment, wide.GeneratorAdam.FirstMoment), 1e-4, 0.3);
        Assert.InRange(Distance(narrow.DiscriminatorAdam.FirstMoment, wide.DiscriminatorAdam.FirstMoment), 1e-4, 0.15);
    }

    /// <summary>A mean that bfloat16 cannot represent, compared with which the values vary little: 100.2 would be 100.</summary>
    [Theory]
    [InlineData(NormKind.Batch, true)]
    [InlineData(NormKind.Batch, false)]
    [InlineData(NormKind.Instance, false)]
    public void Norm_OfBFloat16Activations_HasStatisticsInFloat32(NormKind kind, bool byBatch)
    {
        using var scope = NewDisposeScope();
        using var norm = NormLayer.Create(kind, 2, TensorFactory.Cpu)!;
        var maps = ((Tensors.Random(1, 2, 2, 16, 16) * 0.9) + 100.2).to(ScalarType.BFloat16);
        Tensor Normalized(Tensor x) => byBatch ? norm.ByBatch(x) : norm.ByImage(x);

        var normalized = Normalized(maps);

        Assert.Equal(ScalarType.BFloat16, normalized.dtype);
        Tensors.AssertClose(Tensors.Doubles(Normalized(maps.to(ScalarType.Float32))), Tensors.Doubles(normalized), 1.0 / 256, "normalized");
    }

    private static StepLosses Step(Pix2PixTrainer trainer)
        => trainer.StepAndRead(Tensors.Random(1, 2, 3, 32, 32), Tensors.Random(2, 2, 3, 32, 32), learningRate: 0);

    private static double Distance(Tensor found, Tensor expected) => ((found - expected).norm() / expected.norm()).Value();

    private static PixelImage Blocks(int seed)
        => ImageResizer.Resize(TestImages.Random(4, 4, seed), 32, 32, ResizeKernel.Nearest);
}

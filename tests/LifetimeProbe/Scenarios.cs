using Pix2Pix;
using Pix2Pix.Imaging;
using Pix2Pix.Onnx;
using Pix2Pix.Torch;
using Pix2Pix.Torch.Data;
using Pix2Pix.Torch.Export;
using Pix2Pix.Torch.Import;
using Pix2Pix.Torch.Networks;
using Pix2Pix.Torch.Optimization;

namespace LifetimeProbe;

/// <summary>Parts of a training, small enough to run thousands of times.</summary>
internal static class Scenarios
{
    private static readonly GeneratorOptions UNet = new() { Width = 32, Height = 32, Filters = 4 };
    private static readonly GeneratorOptions Deep = UNet with { Width = 64, Height = 64 }; // with dropout, unlike the smaller one
    private static readonly GeneratorOptions ResNet = UNet with { Kind = GeneratorKind.ResNet, ResidualBlocks = 1, Norm = NormKind.Instance };
    private static readonly DiscriminatorOptions Patches = new() { Filters = 4, Layers = 2 };
    private static readonly TrainingOptions Brief = new() { Epochs = 1, BatchSize = 2, Seed = 1, AverageDecay = 0.9, Threads = 1 };

    public static IReadOnlyDictionary<string, Action> All { get; } = new Dictionary<string, Action>
    {
        ["construct"] = Construct,
        ["vanilla"] = () => Train(UNet, Patches, Brief),
        ["least-squares"] = () => Train(
            ResNet, Patches, Brief with { Losses = new() { Adversarial = AdversarialKind.LeastSquares, L2Weight = 1 } }),
        ["hinge"] = () => Train(
            UNet with { Upsampling = Upsampling.ResizeConvolution },
            Patches with { Scales = 2, Layers = 1 },
            Brief with { Losses = new() { Adversarial = AdversarialKind.Hinge, FeatureMatchingWeight = 1 }, ChannelsLast = true }),
        ["wasserstein"] = () => Train(
            UNet, Patches with { Norm = NormKind.Instance },
            Brief with { Losses = new() { Adversarial = AdversarialKind.WassersteinGradientPenalty } }),
        ["without-adversary"] = () => Train(
            UNet with { Kind = GeneratorKind.EncoderDecoder }, Patches, Brief with { Losses = new() { AdversarialWeight = 0 }, AverageDecay = 0 }),
        ["pool-and-augmentation"] = () => Train(
            UNet,
            Patches,
            Brief with
            {
                ImagePool = 2,
                DiscriminatorAugmentation =
                    DiscriminatorAugmentation.Color | DiscriminatorAugmentation.Translation | DiscriminatorAugmentation.Cutout,
            }),
        ["bfloat16"] = () => Train(
            ResNet,
            Patches with { Norm = NormKind.Instance, Layers = 1 },
            Brief with { Precision = TrainingPrecision.BFloat16, ChannelsLast = true, Losses = new() { FeatureMatchingWeight = 1 } }),
        ["dropout-and-image-statistics"] = () => Train(
            Deep with { Skips = SkipConnections.BeforeActivation }, Patches, Brief with { Statistics = NormStatistics.Image }),
        ["without-norms"] = () => Train(
            UNet with { Norm = NormKind.None, Filters = 20 }, Patches with { Norm = NormKind.None, Filters = 20 }, Brief),
        ["streamed"] = () => Train(UNet, Patches, Brief with { ShuffleWindow = 2, Augmentation = new() { MaxScale = 1.2, InputColorJitter = 0.1 } }),
        ["divergence"] = Diverge,
        ["optimizer-by-tensors"] = OptimizeByTensors,
        ["unscoped-translation"] = TranslateWithoutScope,
        ["weight-initializations"] = () =>
        {
            foreach (var kind in Enum.GetValues<WeightInitKind>())
                Construct(Brief with { WeightInit = new() { Kind = kind } });
        },
        ["checkpoints"] = Checkpoints,
        ["export"] = Export,
        ["import"] = Import,
        ["pairs-on-device"] = PairsOnDevice,
    };

    /// <summary>The number of tensors that a scenario itself creates outside a scope in a round, as an application may.</summary>
    public static int OwnTensors(string scenario) => scenario == "unscoped-translation" ? 1 : 0;

    private static void Construct() => Construct(Brief);

    private static void Construct(TrainingOptions training)
    {
        using var trainer = new Pix2PixTrainer(UNet with { Width = 64, Height = 64, Filters = 8 }, Patches with { Filters = 8 }, training);
    }

    // Two steps, a validation with both kinds of statistics, and the best weights kept.
    private static void Train(GeneratorOptions generator, DiscriminatorOptions discriminator, TrainingOptions training)
    {
        using var trainer = new Pix2PixTrainer(generator, discriminator, training);
        trainer.Train(Pairs(generator, training), Validated(generator, training));
    }

    private static TrainingRun Validated(GeneratorOptions generator, TrainingOptions training)
    {
        var validation = ImagePairs.ForValidation(generator, training);
        validation.Add(Noise(9, 32), Noise(10, 32));
        return new() { ValidationSet = validation, Inference = new() { Statistics = training.Statistics ?? NormStatistics.Auto, Dropout = true } };
    }

    // Checkpoints after each step and each epoch and a report; stopped in the second epoch, then resumed.
    private static void Checkpoints()
    {
        var folder = Directory.CreateTempSubdirectory("pix2pix-lifetime-");
        try
        {
            var training = Brief with { Epochs = 2, ImagePool = 2 };
            var run = Validated(UNet, training) with
            {
                Checkpoints = new CheckpointOptions { Folder = Path.Combine(folder.FullName, "checkpoints"), Every = TimeSpan.FromTicks(1) },
                Report = new() { Folder = Path.Combine(folder.FullName, "report") },
            };
            using var stop = new CancellationTokenSource();
            foreach (var part in (TrainingRun[])[run with { Progress = new StopAfterStep(3, stop), StopTraining = stop.Token }, run])
            {
                using var trainer = new Pix2PixTrainer(UNet, Patches, training);
                trainer.Train(Pairs(UNet, training), part);
            }
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    // A weight becomes NaN after the first epoch: the second ends with an exception or with the best generator.
    private static void Diverge()
    {
        using var trainer = new Pix2PixTrainer(UNet, Patches, Brief with { Epochs = 3 });
        var spoil = new Handler(progress =>
        {
            if (progress.Step != 3)
                return;
            using var noGradient = TorchSharp.torch.no_grad();
            trainer.GeneratorState.Tensors[0].PlusInPlace(double.NaN); // fill_ would drop its Scalar
        });
        trainer.Train(Pairs(UNet, Brief), Validated(UNet, Brief) with { Progress = spoil, BetweenReads = TimeSpan.FromDays(1) });
    }

    // The tensor operations that a GPU uses instead of the kernel for CPUs.
    private static void OptimizeByTensors()
    {
        using var network = Generator.Create(UNet, TensorFactory.Cpu);
        using var parameters = new FlatParameters(network);
        using var adam = new FlatAdam(parameters, 0.5, 0.999, allowOnePass: false);
        for (var step = 0; step < 3; step++)
            adam.Step(2e-4);
    }

    private static void TranslateWithoutScope()
    {
        using var generator = Generator.Create(UNet, TensorFactory.Cpu);
        using var input = TorchSharp.torch.zeros(1, 3, 32, 32);
        generator.Translate(input, InferenceOptions.Default).Dispose();
    }

    private static void Export()
    {
        using var trainer = new Pix2PixTrainer(Deep, Patches, Brief);
        foreach (var statistics in (NormStatistics[])[NormStatistics.Image, NormStatistics.Running])
        {
            var inference = new InferenceOptions { Statistics = statistics, Dropout = true };
            GeneratorExporter.Write(trainer.Generator, inference, Stream.Null);
            var image = Noise(1, 64);
            var translation = trainer.Generator.Translate(image, inference);
            ExportComparison.Difference(trainer.Generator, inference, image, OnnxPixels.Pack(translation), []);
        }

        trainer.ReleaseTrainingState();
    }

    private static void Import()
    {
        foreach (var name in (string[])["generator.pth", "legacy.pth"])
            PretrainedGenerator.Load(Path.Combine(AppContext.BaseDirectory, name)).Dispose();
    }

    // On a CPU, to simulate a GPU.
    private static void PairsOnDevice()
    {
        using var batches = new BatchReader(Pairs(UNet, Brief), UNet, Brief, TorchSharp.torch.CPU, keepsOnDevice: true);
        foreach (var batch in batches.Epoch(1, firstBatch: 0, CancellationToken.None))
            batch.Dispose();
    }

    private static ImagePairs Pairs(GeneratorOptions generator, TrainingOptions training)
    {
        var pairs = new ImagePairs(generator, training);
        for (var i = 0; i < 4; i++)
            pairs.Add(Noise(i, 36), Noise(100 + i, 36));
        return pairs;
    }

    private static PixelImage Noise(int seed, int side)
    {
        var image = new PixelImage(side, side);
        new Random(seed).NextBytes(image.Pixels);
        return image;
    }

    private sealed class Handler(Action<TrainingProgress> handle) : IProgress<TrainingProgress>
    {
        public void Report(TrainingProgress value) => handle(value);
    }

    private sealed class StopAfterStep(long step, CancellationTokenSource stop) : IProgress<TrainingProgress>
    {
        public void Report(TrainingProgress value)
        {
            if (value.Step == step)
                stop.Cancel();
        }
    }
}

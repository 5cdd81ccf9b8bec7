using Pix2Pix;

namespace OptionScores;

/// <summary>The variants by name. Each changes some options.</summary>
internal static class Variants
{
    public static IReadOnlyDictionary<string, Func<Pix2PixOptions, Pix2PixOptions>> All { get; } =
        new Dictionary<string, Func<Pix2PixOptions, Pix2PixOptions>>
        {
            ["default"] = o => o,
            ["encoder-decoder"] = o => o with { Generator = o.Generator with { Kind = GeneratorKind.EncoderDecoder } },
            ["skips-before-activation"] = o => o with { Generator = o.Generator with { Skips = SkipConnections.BeforeActivation } },
            ["resnet-6"] = o => o with { Generator = o.Generator with { Kind = GeneratorKind.ResNet, ResidualBlocks = 6 } },
            ["resnet-9"] = o => o with { Generator = o.Generator with { Kind = GeneratorKind.ResNet, ResidualBlocks = 9 } },
            ["resize-convolution"] = o => o with { Generator = o.Generator with { Upsampling = Upsampling.ResizeConvolution } },
            ["instance-norm"] = o => o with
            {
                Generator = o.Generator with { Norm = NormKind.Instance },
                Discriminator = o.Discriminator with { Norm = NormKind.Instance },
            },
            ["no-norm"] = o => o with
            {
                Generator = o.Generator with { Norm = NormKind.None },
                Discriminator = o.Discriminator with { Norm = NormKind.None },
            },
            ["no-dropout"] = o => o with { Generator = o.Generator with { Dropout = false } },
            ["init-xavier"] = o => Training(o, t => t with { WeightInit = new() { Kind = WeightInitKind.Xavier } }),
            ["init-kaiming"] = o => Training(o, t => t with { WeightInit = new() { Kind = WeightInitKind.Kaiming } }),
            ["init-orthogonal"] = o => Training(o, t => t with { WeightInit = new() { Kind = WeightInitKind.Orthogonal } }),
            ["patch-1"] = o => o with { Discriminator = o.Discriminator with { Layers = 0 } },
            ["patch-16"] = o => o with { Discriminator = o.Discriminator with { Layers = 1 } },
            ["patch-34"] = o => o with { Discriminator = o.Discriminator with { Layers = 2 } },
            ["patch-142"] = o => o with { Discriminator = o.Discriminator with { Layers = 4 } },
            ["patch-286"] = o => AtLeast(96, o) with { Discriminator = o.Discriminator with { Layers = 5 } },
            ["unconditional"] = o => o with { Discriminator = o.Discriminator with { Conditional = false } },
            ["two-scales"] = o => o with { Discriminator = o.Discriminator with { Scales = 2 } },
            ["l1-alone"] = o => Losses(o, l => l with { AdversarialWeight = 0 }),
            ["gan-alone"] = o => Losses(o, l => l with { L1Weight = 0 }),
            ["l2"] = o => Losses(o, l => l with { L1Weight = 0, L2Weight = 100 }),
            ["least-squares"] = o => Losses(o, l => l with { Adversarial = AdversarialKind.LeastSquares }),
            ["hinge"] = o => Losses(o, l => l with { Adversarial = AdversarialKind.Hinge }),
            ["wgan-gp"] = o => Losses(o, l => l with { Adversarial = AdversarialKind.WassersteinGradientPenalty }) with
            {
                Discriminator = o.Discriminator with { Norm = NormKind.Instance },
            },
            ["feature-matching"] = o => Losses(o, l => l with { FeatureMatchingWeight = 10 }),
            ["step"] = o => Training(o, t => t with { Schedule = new() { Kind = ScheduleKind.Step, StepEpochs = (t.Epochs + 1) / 2 } }),
            ["plateau"] = o => Validated(Training(o, t => t with { Schedule = new() { Kind = ScheduleKind.Plateau, Patience = 2 } })),
            ["cosine"] = o => Training(o, t => t with { Schedule = new() { Kind = ScheduleKind.Cosine } }),
            ["constant-rate"] = o => Training(o, t => t with { Schedule = new() { DecayShare = 0 } }),
            ["average-0.999"] = o => Training(o, t => t with { AverageDecay = 0.999 }),
            ["average-0.99"] = o => Training(o, t => t with { AverageDecay = 0.99 }),
            ["image-pool"] = o => Training(o, t => t with { ImagePool = 50 }),
            ["no-augmentation"] = o => Training(o, t => t with { Augmentation = AugmentationOptions.None }),
            ["scale-1.5"] = o => Training(o, t => t with { Augmentation = t.Augmentation with { MaxScale = 1.5 } }),
            ["right-angles"] = o => Training(o, t => t with { Augmentation = t.Augmentation with { RightAngles = true } }),
            ["color-jitter"] = o => Training(o, t => t with { Augmentation = t.Augmentation with { InputColorJitter = 0.2 } }),
            ["nearest-labels"] = o => Training(o, t => t with { Preprocessing = new() { TargetKernel = ResizeKernel.Nearest } }),
            ["diffaugment"] = o => Training(o, t => t with
            {
                DiscriminatorAugmentation = DiscriminatorAugmentation.Color | DiscriminatorAugmentation.Translation
                    | DiscriminatorAugmentation.Cutout,
            }),
            ["running-statistics"] = o => o with { Inference = o.Inference with { Statistics = NormStatistics.Running } },
            ["auto-statistics"] = o => Validated(o with { Inference = o.Inference with { Statistics = NormStatistics.Auto } }),
            ["dropout-off-at-test"] = o => o with { Inference = o.Inference with { Dropout = false } },
        };

    private static Pix2PixOptions Training(Pix2PixOptions options, Func<TrainingOptions, TrainingOptions> change)
        => options with { Training = change(options.Training) };

    // Variants with validation train on a tenth less; like for the others, the last epoch is scored.
    private static Pix2PixOptions Validated(Pix2PixOptions options)
        => options with { ValidationFraction = 0.1, Validation = options.Validation with { KeepBest = false } };

    // Variants that do not support smaller images.
    private static Pix2PixOptions AtLeast(int side, Pix2PixOptions options) => options with
    {
        Generator = options.Generator with
        {
            Width = Math.Max(side, options.Generator.Width),
            Height = Math.Max(side, options.Generator.Height),
        },
    };

    private static Pix2PixOptions Losses(Pix2PixOptions options, Func<LossOptions, LossOptions> change)
        => Training(options, training => training with { Losses = change(training.Losses) });
}

namespace Pix2Pix.ML.Tests.Options;

/// <summary>A value of an option.</summary>
/// <param name="Option">The option's name.</param>
/// <param name="Value">The value's name.</param>
/// <param name="Set">Sets the value, with a folder for output files.</param>
public sealed record OptionValue(string Option, string Value, Func<Pix2PixOptions, string, Pix2PixOptions> Set)
{
    /// <summary>The values of all options that can contradict each other, including the defaults.</summary>
    public static IReadOnlyList<OptionValue> All { get; } =
    [
        .. Generator("Size", ("64x64", g => g), ("32x64", g => g with { Width = 32 })),
        .. Generator("Kind", Each<GeneratorKind, GeneratorOptions>((g, kind) => g with { Kind = kind, ResidualBlocks = 1 })),
        .. Generator("Norm", Each<NormKind, GeneratorOptions>((g, norm) => g with { Norm = norm })),
        .. Generator("Skips", Each<SkipConnections, GeneratorOptions>((g, skips) => g with { Skips = skips })),
        .. Generator("Upsampling", Each<Upsampling, GeneratorOptions>((g, upsampling) => g with { Upsampling = upsampling })),
        .. Generator("Dropout", ("on", g => g), ("off", g => g with { Dropout = false })),
        .. Generator(
            "Channels",
            ("RGB", g => g),
            ("gray to RGBA", g => g with { Input = ImageChannels.Gray, Output = ImageChannels.Rgba }),
            ("RGBA to gray", g => g with { Input = ImageChannels.Rgba, Output = ImageChannels.Gray }),
            ("lightness to chroma", g => g with { Input = ImageChannels.Lightness, Output = ImageChannels.Chroma })),

        .. Discriminator("Layers", ("3", d => d), ("0", d => d with { Layers = 0 }), ("1", d => d with { Layers = 1 })),
        .. Discriminator("Scales", ("1", d => d), ("2", d => d with { Scales = 2 })),
        .. Discriminator("DiscriminatorNorm", Each<NormKind, DiscriminatorOptions>((d, norm) => d with { Norm = norm })),
        .. Discriminator("Conditional", ("yes", d => d), ("no", d => d with { Conditional = false })),

        .. Losses("Adversarial", Each<AdversarialKind, LossOptions>((l, kind) => l with { Adversarial = kind })),
        .. Losses("AdversarialWeight", ("1", l => l), ("0", l => l with { AdversarialWeight = 0 })),
        .. Losses("L1Weight", ("100", l => l), ("0", l => l with { L1Weight = 0 })),
        .. Losses("L2Weight", ("0", l => l), ("100", l => l with { L2Weight = 100 })),
        .. Losses("FeatureMatchingWeight", ("0", l => l), ("10", l => l with { FeatureMatchingWeight = 10 })),
        .. Losses("GradientPenaltyWeight", ("10", l => l), ("0", l => l with { GradientPenaltyWeight = 0 })),

        .. Training("BatchSize", ("4", t => t), ("3", t => t with { BatchSize = 3 })),
        .. Training("Schedule", Each<ScheduleKind, TrainingOptions>((t, kind) => t with { Schedule = new() { Kind = kind } })),
        .. Training("Precision", Each<TrainingPrecision, TrainingOptions>((t, precision) => t with { Precision = precision })),
        .. Training("ChannelsLast", ("no", t => t), ("yes", t => t with { ChannelsLast = true })),
        .. Training("AverageDecay", ("0", t => t), ("0.9", t => t with { AverageDecay = 0.9 })),
        .. Training("ImagePool", ("0", t => t), ("2", t => t with { ImagePool = 2 })),
        .. Training("WeightInit", Each<WeightInitKind, TrainingOptions>((t, kind) => t with { WeightInit = new() { Kind = kind } })),
        .. Training(
            "TrainingStatistics",
            ("null", t => t),
            ("image", t => t with { Statistics = NormStatistics.Image }),
            ("running", t => t with { Statistics = NormStatistics.Running })),
        .. Training(
            "Augmentation",
            ("default", t => t),
            ("none", t => t with { Augmentation = AugmentationOptions.None }),
            ("all", t => t with
            {
                Augmentation = new() { MaxScale = 1.2, RightAngles = true, InputColorJitter = 0.1 },
            })),
        .. Training(
            "DiscriminatorAugmentation",
            ("none", t => t),
            ("color", t => t with { DiscriminatorAugmentation = DiscriminatorAugmentation.Color }),
            ("shift and cutout", t => t with
            {
                DiscriminatorAugmentation = DiscriminatorAugmentation.Translation | DiscriminatorAugmentation.Cutout,
            })),
        .. Training("Preprocessing", Each<PreprocessingMode, TrainingOptions>((t, mode) => t with { Preprocessing = new() { Mode = mode } })),

        .. Values(
            "InferenceStatistics",
            Each<NormStatistics, Pix2PixOptions>((o, statistics) => o with { Inference = o.Inference with { Statistics = statistics } })),
        .. Values("InferenceDropout", ("off", o => o), ("on", o => o with { Inference = o.Inference with { Dropout = true } })),
        .. Values("Weights", Each<WeightPrecision, Pix2PixOptions>((o, weights) => o with { Weights = weights })),
        .. Values("Sizing", Each<ImageSizing, Pix2PixOptions>((o, kind) => o with { Sizing = new() { Kind = kind } })),
        .. Values(
            "Execution",
            ("default", o => o),
            ("largest batch", o => o with { Execution = new() { BatchSize = 1024 } }),
            ("one thread", o => o with { Execution = new() { Threads = 1, Spinning = false, BatchSize = 2 } })),
        .. Values(
            "Validation",
            ("none", o => o),
            ("a half, SSIM", o => o with { ValidationFraction = 0.5, Validation = new() { Metric = ValidationMetric.Ssim, MaxPairs = 2 } }),
            ("a half, last kept", o => o with { ValidationFraction = 0.5, Validation = new() { KeepBest = false, Patience = 1, MaxPairs = 2 } })),
        .. Values("MemoryBudget", ("default", o => o), ("streamed", o => o with { MemoryBudget = 100_000, Training = o.Training with { ShuffleWindow = 1 } })),
        new("Checkpoints", "none", (o, _) => o),
        new("Checkpoints", "kept", (o, folder) => o with { Checkpoints = new() { Folder = Path.Combine(folder, "checkpoints") } }),
        new("Report", "none", (o, _) => o),
        new("Report", "written", (o, folder) => o with { Report = new() { Folder = Path.Combine(folder, "report") } }),
    ];

    public override string ToString() => $"{Option} = {Value}";

    private static (string, Func<T, T>)[] Each<TEnum, T>(Func<T, TEnum, T> set) where TEnum : struct, Enum
        => [.. Enum.GetValues<TEnum>().Select(value => (value.ToString(), (Func<T, T>)(options => set(options, value))))];

    private static IEnumerable<OptionValue> Values(string option, params (string Name, Func<Pix2PixOptions, Pix2PixOptions> Set)[] values)
        => values.Select(value => new OptionValue(option, value.Name, (options, _) => value.Set(options)));

    private static IEnumerable<OptionValue> Generator(string option, params (string Name, Func<GeneratorOptions, GeneratorOptions> Set)[] values)
        => Values(option, [.. values.Select(v => (v.Name, (Func<Pix2PixOptions, Pix2PixOptions>)(o => o with { Generator = v.Set(o.Generator) })))]);

    private static IEnumerable<OptionValue> Discriminator(
        string option, params (string Name, Func<DiscriminatorOptions, DiscriminatorOptions> Set)[] values)
        => Values(
            option,
            [.. values.Select(v => (v.Name, (Func<Pix2PixOptions, Pix2PixOptions>)(o => o with { Discriminator = v.Set(o.Discriminator) })))]);

    private static IEnumerable<OptionValue> Training(string option, params (string Name, Func<TrainingOptions, TrainingOptions> Set)[] values)
        => Values(option, [.. values.Select(v => (v.Name, (Func<Pix2PixOptions, Pix2PixOptions>)(o => o with { Training = v.Set(o.Training) })))]);

    private static IEnumerable<OptionValue> Losses(string option, params (string Name, Func<LossOptions, LossOptions> Set)[] values)
        => Training(option, [.. values.Select(v => (v.Name, (Func<TrainingOptions, TrainingOptions>)(t => t with { Losses = v.Set(t.Losses) })))]);
}

namespace Pix2Pix.Torch.Checkpoints;

/// <summary>
/// Which values of a <see cref="TrainingIdentity"/> may differ from the checkpoint's when training resumes. docs/training-reliability.md
/// explains each decision. Options that are not part of the identity, such as folders and intervals, may always differ.
/// </summary>
internal static class ResumeRules
{
    /// <summary>These may differ: training resumes with the current value, and the log names the difference.</summary>
    public static IReadOnlySet<string> MayChange { get; } = new HashSet<string>
    {
        "Training.Epochs",
        "Training.BatchSize",
        "Training.LearningRate",
        "Training.Schedule.Kind",
        "Training.Schedule.DecayShare",
        "Training.Schedule.StepEpochs",
        "Training.Schedule.Patience",
        "Training.Schedule.Factor",
        "Training.Beta1",
        "Training.Beta2",
        "Training.Losses.AdversarialWeight",
        "Training.Losses.L1Weight",
        "Training.Losses.L2Weight",
        "Training.Losses.FeatureMatchingWeight",
        "Training.Losses.GradientPenaltyWeight",
        "Training.WeightInit.Kind",
        "Training.WeightInit.Gain",
        "Training.Augmentation.Mirror",
        "Training.Augmentation.RightAngles",
        "Training.Augmentation.MaxScale",
        "Training.Augmentation.InputColorJitter",
        "Training.DiscriminatorAugmentation",
        "Training.ImagePool",
        "Training.AverageDecay",
        "Training.Precision",
        "Training.ChannelsLast",
        "Training.ShuffleWindow",
        "Training.Threads",
        "Device",
        "Validation", // turned on or off
        "Validation.Options.Metric",
        "Validation.Options.EveryEpochs",
        "Validation.Options.KeepBest",
        "Validation.Options.Patience",
        "Validation.Options.MaxPairs",
        "Validation.Inference.Statistics",
        "Validation.Inference.Dropout",
        "Validation.Inference.DropoutSeed",
        "Validation.Pairs",
        "Validation.PairsChecksum",
    };

    /// <summary>
    /// These must match: they define the networks, the random draws or the pairs, or give the checkpoint's weights another meaning. The
    /// pairs are compared as they are prepared, so the options of the preparation must match too.
    /// </summary>
    public static IReadOnlySet<string> MustMatch { get; } = new HashSet<string>
    {
        "Generator.Width",
        "Generator.Height",
        "Generator.Kind",
        "Generator.Input",
        "Generator.Output",
        "Generator.Filters",
        "Generator.Norm",
        "Generator.Skips",
        "Generator.Dropout",
        "Generator.Upsampling",
        "Generator.ResidualBlocks",
        "Discriminator.Filters",
        "Discriminator.Layers",
        "Discriminator.Conditional",
        "Discriminator.Scales",
        "Discriminator.Norm",
        "Training.Losses.Adversarial",
        "Training.Preprocessing.Mode",
        "Training.Preprocessing.InputKernel",
        "Training.Preprocessing.TargetKernel",
        "Training.Augmentation.LoadScale",
        "Training.Statistics",
        "Training.Seed",
        "Pairs",
        "PairsChecksum",
    };

    /// <summary>The values that determine the batches of an epoch. If one differs, the current epoch starts again.</summary>
    public static IReadOnlySet<string> OfBatches { get; } = new HashSet<string>
    {
        "Training.BatchSize",
        "Training.ShuffleWindow",
        "Training.Seed",
        "Pairs",
        "PairsChecksum",
    };

    /// <summary>The parts of a training whose presence depends on a value that may change, with the name of that value.</summary>
    public static IReadOnlyDictionary<string, string> OptionalParts { get; } = new Dictionary<string, string>
    {
        ["average"] = "Training.AverageDecay",
        ["validation"] = "Validation",
    };
}

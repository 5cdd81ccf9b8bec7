


namespace Pix2Pix;

/// <summary>How the networks learn. Immutable; the defaults are the paper's (Isola et al. 2017, section 3.3 and appendix 6.2).</summary>
public sealed record TrainingOptions
{
    /// <summary>The paper's settings.</summary>
    public static TrainingOptions Default { get; } = new();

    /// <summary>Passes over all pairs.</summary>
    /// <value>The default is 200, as the paper used for facades.</value>
    public int Epochs { get; init => field = Guard.InRange(value, 1, 1_000_000); } = 200;

    /// <summary>Pairs in a step. The last batch of an epoch holds what is left.</summary>
    /// <value>The default is 1, as in the paper.</value>
    public int BatchSize { get; init => field = Guard.InRange(value, 1, 4096); } = 1;

    /// <summary>Adam's learning rate, for both networks.</summary>
    /// <value>The default is 0.0002.</value>
    public double LearningRate { get; init => field = Guard.InRange(value, 0.0, 1.0); } = 2e-4;

    /// <summary>How the learning rate changes.</summary>
    /// <value>The default is constant for the first half, then falling linearly to zero.</value>
    public ScheduleOptions Schedule { get; init => field = Guard.NotNull(value); } = ScheduleOptions.Default;

    /// <summary>Adam's decay of the first moment.</summary>
    /// <value>The default is 0.5.</value>
    public double Beta1 { get; init => field = Guard.InRange(value, 0.0, 0.9999999); } = 0.5;

    /// <summary>Adam's decay of the second moment.</summary>
    /// <value>The default is 0.999.</value>
    public double Beta2 { get; init => field = Guard.InRange(value, 0.0, 0.9999999); } = 0.999;

    /// <summary>The parts of the loss.</summary>
    /// <value>The default is the paper's: vanilla, and L1 times 100.</value>
    public LossOptions Losses { get; init => field = Guard.NotNull(value); } = LossOptions.Default;

    /// <summary>How the weights are drawn.</summary>
    /// <value>The default is N(0, 0.02), as in the paper.</value>
    public WeightInitOptions WeightInit { get; init => field = Guard.NotNull(value); } = WeightInitOptions.Default;

    /// <summary>How images of any size become images to learn from.</summary>
    /// <value>The default is to resize and crop.</value>
    public PreprocessingOptions Preprocessing { get; init => field = Guard.NotNull(value); } = PreprocessingOptions.Default;

    /// <summary>How each step shows a pair differently.</summary>
    /// <value>The default is crop and mirror, as in the paper.</value>
    public AugmentationOptions Augmentation { get; init => field = Guard.NotNull(value); } = AugmentationOptions.Default;

    /// <summary>What is done to all that the discriminator sees: for small sets.</summary>
    /// <value>The default is <see cref="DiscriminatorAugmentation.None"/>.</value>
    public DiscriminatorAugmentation DiscriminatorAugmentation { get; init => field = Guard.DefinedFlags(value); }

    /// <summary>
    /// The discriminator learns from translations of earlier steps as well, out of a pool of this many (Shrivastava et al. 2017,
    /// section 2.3): once the pool is full, every other translation takes the place of one in it, which is shown instead.
    /// </summary>
    /// <value>The default is 0: none, as in the paper. CycleGAN has 50.</value>
    /// <remarks>A translation is kept with its input image, in float32: 1.5 MiB for each at 256x256 pixels.</remarks>
    public int ImagePool { get; init => field = Guard.InRange(value, 0, 10_000); }

    /// <summary>
    /// The decay of an exponential moving average of the generator's weights, which is then validated and exported in its place.
    /// 0.999 averages over some thousand steps.
    /// </summary>
    /// <value>The default is 0: no average.</value>
    /// <remarks>
    /// Early in a training the decay is smaller: 0 at the first step, then (1 + t) / (10 + t) at step t, from 0. So the average is not
    /// held back by the first weights. The running statistics of the norms are averaged likewise. It takes as much memory as the
    /// generator's weights.
    /// </remarks>
    public double AverageDecay { get; init => field = Guard.InRange(value, 0.0, 0.9999999); }

    /// <summary>
    /// Which statistics the generator's batch normalization learns with. Image: those of each image by itself, so that it learns as it
    /// will translate, and an image never depends on the others of its batch. Running: those of the whole batch, as in PyTorch, which
    /// also move the running ones. With a batch of one, both are the same.
    /// </summary>
    /// <value>
    /// The default is <see langword="null"/>: those that it will translate with, where an estimator knows them; else Running, as well as
    /// where the better ones are yet to be found out (<see cref="NormStatistics.Auto"/>, which is no value of this property). A generator
    /// that learnt with Image has no running statistics to translate with.
    /// </value>
    public NormStatistics? Statistics { get; init => field = value is null ? null : Learnable(value.Value); }

    /// <summary>What the networks compute with while they learn; the model that comes of it is float32 in any case.</summary>
    /// <value>The default is <see cref="TrainingPrecision.Float32"/>.</value>
    /// <remarks>
    /// The others are for CUDA: TensorFloat32 changes nothing on a CPU, and BFloat16 is slow on most. While a training runs on CUDA,
    /// whether TF32 is allowed is set for the whole process, and put back where it ends. A checkpoint goes on with its own precision alone,
    /// unless other options are allowed.
    /// </remarks>
    public TrainingPrecision Precision { get; init => field = Guard.Defined(value); }

    /// <summary>
    /// Whether the maps of a training lie in memory with the channels of a place side by side (PyTorch's channels_last), not plane by
    /// plane. The results are the same but for rounding.
    /// </summary>
    /// <value>The default is <see langword="false"/>.</value>
    /// <remarks>
    /// For CUDA with a <see cref="Precision"/> below float32, whose kernels work on such maps: try it there. On a CPU it was a fifth
    /// slower. Instance normalization goes back to planes.
    /// </remarks>
    public bool ChannelsLast { get; init; }

    /// <summary>
    /// An epoch visits the pairs in an order drawn through a window: each next pair is drawn from the window, and the pair behind the
    /// window takes its place. A set that is no larger than the window is shuffled fully.
    /// </summary>
    /// <value>The default is 1000.</value>
    /// <remarks>Where pairs are streamed, a window of them is in memory.</remarks>
    public int ShuffleWindow { get; init => field = Guard.InRange(value, 1, 1_000_000); } = 1000;

    /// <summary>
    /// The seed of weights, order, crops and dropout. Two trainings with the same seed, pairs, options and threads give the same
    /// bits on a CPU.
    /// </summary>
    /// <value>The default is <see langword="null"/>: 1, or a seed from the MLContext where an estimator was given one.</value>
    public int? Seed { get; init; }

    /// <summary>The seed to train with where nobody chose one before.</summary>
    internal int SeedOrDefault => Seed ?? 1;

    /// <summary>The threads of libtorch, for the whole process.</summary>
    /// <value>The default is <see langword="null"/>: as many as libtorch chooses, which is the number of physical cores.</value>
    public int? Threads { get; init => field = value is null ? null : Guard.InRange(value.Value, 1, 1024); }

    private static NormStatistics Learnable(NormStatistics value)
        => Guard.Defined(value, nameof(Statistics)) != NormStatistics.Auto ? value : throw new ArgumentOutOfRangeException(
            nameof(Statistics),
            value,
            "Statistics is Auto; a training learns with Image or Running. Leave it null for Inference.Statistics = Auto.");
}

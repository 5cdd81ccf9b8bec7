namespace Pix2Pix;

/// <summary>The options of training. Immutable; the defaults are the paper's (Isola et al. 2017, section 3.3 and appendix 6.2).</summary>
public sealed record TrainingOptions
{
    /// <summary>The paper's settings.</summary>
    public static TrainingOptions Default { get; } = new();

    /// <summary>The number of passes over all pairs.</summary>
    /// <value>The default is 200, as the paper used for facades.</value>
    public int Epochs { get; init => field = Guard.InRange(value, 1, 1_000_000); } = 200;

    /// <summary>The number of pairs per step. The last batch of an epoch contains the remaining pairs.</summary>
    /// <value>The default is 1, as in the paper.</value>
    public int BatchSize { get; init => field = Guard.InRange(value, 1, 4096); } = 1;

    /// <summary>Adam's learning rate, for both networks.</summary>
    /// <value>The default is 0.0002.</value>
    public double LearningRate { get; init => field = Guard.InRange(value, 0.0, 1.0); } = 2e-4;

    /// <summary>The learning rate schedule.</summary>
    /// <value>The default is constant for the first half, then a linear decay to zero.</value>
    public ScheduleOptions Schedule { get; init => field = Guard.NotNull(value); } = ScheduleOptions.Default;

    /// <summary>Adam's decay rate of the first moment (beta1).</summary>
    /// <value>The default is 0.5.</value>
    public double Beta1 { get; init => field = Guard.InRange(value, 0.0, 0.9999999); } = 0.5;

    /// <summary>Adam's decay rate of the second moment (beta2).</summary>
    /// <value>The default is 0.999.</value>
    public double Beta2 { get; init => field = Guard.InRange(value, 0.0, 0.9999999); } = 0.999;

    /// <summary>The losses and their weights.</summary>
    /// <value>The default is the paper's: vanilla, and L1 with a weight of 100.</value>
    public LossOptions Losses { get; init => field = Guard.NotNull(value); } = LossOptions.Default;

    /// <summary>The initialization of the weights.</summary>
    /// <value>The default is N(0, 0.02), as in the paper.</value>
    public WeightInitOptions WeightInit { get; init => field = Guard.NotNull(value); } = WeightInitOptions.Default;

    /// <summary>How images of any size are prepared for training.</summary>
    /// <value>The default is to resize and crop.</value>
    public PreprocessingOptions Preprocessing { get; init => field = Guard.NotNull(value); } = PreprocessingOptions.Default;

    /// <summary>How pairs are augmented in each step.</summary>
    /// <value>The default is crop and mirror, as in the paper.</value>
    public AugmentationOptions Augmentation { get; init => field = Guard.NotNull(value); } = AugmentationOptions.Default;

    /// <summary>The augmentation of all images that the discriminator receives: for small data sets.</summary>
    /// <value>The default is <see cref="DiscriminatorAugmentation.None"/>.</value>
    public DiscriminatorAugmentation DiscriminatorAugmentation { get; init => field = Guard.DefinedFlags(value); }

    /// <summary>
    /// The size of a pool of earlier translations that the discriminator is also trained on (Shrivastava et al. 2017, section 2.3): once
    /// the pool is full, every other translation replaces one in the pool, and the replaced one is used instead.
    /// </summary>
    /// <value>The default is 0: no pool, as in the paper. CycleGAN uses 50.</value>
    /// <remarks>A translation is kept with its input image, in float32: 1.5 MiB for each at 256x256 pixels.</remarks>
    public int ImagePool { get; init => field = Guard.InRange(value, 0, 10_000); }

    /// <summary>
    /// The decay of the exponential moving average (EMA) of the generator's weights, which is validated and exported in place of the
    /// weights. 0.999 averages over some thousand steps.
    /// </summary>
    /// <value>The default is 0: no average.</value>
    /// <remarks>
    /// Early in training the decay is smaller: 0 at the first step, then (1 + t) / (10 + t) at step t, from 0, so that the initial weights
    /// do not bias the average. The running statistics of the norms are averaged in the same way. It takes as much memory as the
    /// generator's weights.
    /// </remarks>
    public double AverageDecay { get; init => field = Guard.InRange(value, 0.0, 0.9999999); }

    /// <summary>
    /// The statistics that the generator's batch normalization uses in training. Image: the statistics of each image, so that training
    /// matches translation, and an image never depends on the others of its batch. Running: the statistics of the whole batch, as in
    /// PyTorch, which also updates the running statistics. With a batch of one, both are the same.
    /// </summary>
    /// <value>
    /// The default is <see langword="null"/>: the statistics used for translation, if an estimator knows them; otherwise Running, also if
    /// the better ones are not known yet (<see cref="NormStatistics.Auto"/>, which is not a valid value of this property). A generator
    /// trained with Image has no running statistics to translate with.
    /// </value>
    public NormStatistics? Statistics { get; init => field = value is null ? null : Trainable(value.Value); }

    /// <summary>The precision of the networks' computations in training; the resulting model is float32 in any case.</summary>
    /// <value>The default is <see cref="TrainingPrecision.Float32"/>.</value>
    /// <remarks>
    /// The other values are for CUDA: TensorFloat32 has no effect on a CPU, and BFloat16 is slow on most CPUs. While training runs on CUDA,
    /// whether TF32 is allowed is set for the whole process, and restored at the end.
    /// </remarks>
    public TrainingPrecision Precision { get; init => field = Guard.Defined(value); }

    /// <summary>
    /// Whether activations are stored in the memory format channels_last of PyTorch instead of the default, channel by channel. The results
    /// are the same except for rounding.
    /// </summary>
    /// <value>The default is <see langword="false"/>.</value>
    /// <remarks>
    /// For CUDA with a <see cref="Precision"/> below float32, whose kernels work on this format: try it there. On a CPU it was a fifth
    /// slower. Instance normalization converts back to the default format.
    /// </remarks>
    public bool ChannelsLast { get; init; }

    /// <summary>
    /// The size of the window that shuffles the pairs of an epoch: each next pair is drawn from the window and replaced by the pair that
    /// follows the window. A data set that is no larger than the window is fully shuffled.
    /// </summary>
    /// <value>The default is 1000.</value>
    /// <remarks>If pairs are streamed, the pairs of the window are in memory.</remarks>
    public int ShuffleWindow { get; init => field = Guard.InRange(value, 1, 1_000_000); } = 1000;

    /// <summary>
    /// The seed of weights, order, crops and dropout. Two training runs with the same seed, pairs, options and threads give bitwise
    /// identical results on a CPU.
    /// </summary>
    /// <value>The default is <see langword="null"/>: 1, or a seed from the MLContext if an estimator was given one.</value>
    public int? Seed { get; init; }

    /// <summary>The seed that is used if none was set.</summary>
    internal int SeedOrDefault => Seed ?? 1;

    /// <summary>The number of libtorch's threads, for the whole process.</summary>
    /// <value>The default is <see langword="null"/>: libtorch's own choice, which is the number of physical cores.</value>
    public int? Threads { get; init => field = value is null ? null : Guard.InRange(value.Value, 1, 1024); }

    private static NormStatistics Trainable(NormStatistics value)
        => Guard.Defined(value, nameof(Statistics)) != NormStatistics.Auto ? value : throw new ArgumentOutOfRangeException(
            nameof(Statistics),
            value,
            "Statistics is Auto; expected Image, Running or null. To let validation choose, leave Statistics null and set " +
            "Inference.Statistics to Auto.");
}

/// <summary>
/// The precision of the networks' computations in training. Weights, Adam's moments, gradients of the weights, statistics of norms and
/// losses are float32 with each of them; so are translations, including those of validation.
/// </summary>
public enum TrainingPrecision
{
    /// <summary>float32.</summary>
    Float32,

    /// <summary>
    /// On CUDA, matrix products and convolutions may round their operands to TF32, which has the range of float32 and 10 bits of mantissa
    /// in place of 23; sums stay float32. No effect on a CPU or on a GPU without TF32 (before Ampere).
    /// </summary>
    TensorFloat32,

    /// <summary>
    /// Convolutions use bfloat16 copies of weights and activations, and output bfloat16 activations: the range of float32 and 7 bits of
    /// mantissa, and half of the memory for activations. Also works on a CPU, where it is slower than float32, unless the processor
    /// supports bfloat16 products in hardware (AMX).
    /// </summary>
    BFloat16,
}

/// <summary>How the weights of both networks are initialized. Immutable.</summary>
public sealed record WeightInitOptions
{
    /// <summary>The paper's initialization: N(0, 0.02).</summary>
    public static WeightInitOptions Default { get; } = new();

    /// <summary>The distribution of the convolutions' weights. Scales of norms are drawn from N(1, 0.02); shifts are 0.</summary>
    /// <value>The default is <see cref="WeightInitKind.Normal"/>.</value>
    public WeightInitKind Kind { get; init => field = Guard.Defined(value); } = WeightInitKind.Normal;

    /// <summary>The gain of the distribution.</summary>
    /// <value>The default is 0.02.</value>
    /// <remarks>Ignored by <see cref="WeightInitKind.Kaiming"/>.</remarks>
    public double Gain { get; init => field = Guard.InRange(value, 1e-6, 10.0); } = 0.02;
}

/// <summary>Distributions of the initial weights of convolutions.</summary>
public enum WeightInitKind
{
    /// <summary>N(0, gain): the paper's choice, with a gain of 0.02 (Isola et al. 2017, appendix 6.2).</summary>
    Normal,

    /// <summary>N(0, gain * sqrt(2 / (fan in + fan out))) (Glorot and Bengio 2010).</summary>
    Xavier,

    /// <summary>N(0, sqrt(2 / fan in)) (He et al. 2015). The gain is not used.</summary>
    Kaiming,

    /// <summary>A random orthogonal matrix times the gain (Saxe, McClelland and Ganguli 2014).</summary>
    Orthogonal,
}

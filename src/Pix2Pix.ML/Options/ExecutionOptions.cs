namespace Pix2Pix;

/// <summary>
/// How and where ONNX Runtime runs a model on this machine. Immutable; not saved with a model. The options affect the duration of a
/// translation but not its result, except for <see cref="AllowTf32"/>.
/// </summary>
public sealed record ExecutionOptions
{
    /// <summary>The default options.</summary>
    public static ExecutionOptions Default { get; } = new();

    /// <summary>
    /// The number of rows of a view that are translated in one run. The next rows are decoded meanwhile, on a separate thread.
    /// </summary>
    /// <value>
    /// The default is <see langword="null"/>: 1 on a CPU, where larger batches are no faster, and 16 on CUDA. From 1 to 1,024.
    /// </value>
    /// <remarks>
    /// Rows that a later filter discards may be translated with the rest of their batch. Translate and PredictionEngine translate one image
    /// at a time.
    /// </remarks>
    public int? BatchSize { get; init => field = InRange(value, 1, MaxBatchSize, nameof(BatchSize)); }

    /// <summary>The number of threads of one run on a CPU.</summary>
    /// <value>The default is <see langword="null"/>: one per core. From 1 to 1,024.</value>
    public int? Threads { get; init => field = InRange(value, 1, MaxThreads, nameof(Threads)); }

    /// <summary>
    /// Whether ONNX Runtime's threads spin while they wait for work during a run, which occupies a core each but lowers latency. Between
    /// runs they sleep.
    /// </summary>
    /// <value>
    /// The default is <see langword="true"/>, which takes less time when images are translated one after the other. When many threads
    /// translate concurrently, <see langword="false"/> has a higher throughput.
    /// </value>
    public bool Spinning { get; init; } = true;

    /// <summary>The CUDA device to translate on, from 0.</summary>
    /// <value>
    /// The default is <see langword="null"/>: the device of the estimator's options or else of the MLContext, and the CPU if neither names
    /// one.
    /// </value>
    public int? GpuDeviceId { get; init => field = InRange(value, 0, int.MaxValue, nameof(GpuDeviceId)); }

    /// <summary>
    /// Whether to fall back to the CPU if the device of <see cref="GpuDeviceId"/> is not available. Otherwise that is an error.
    /// </summary>
    /// <value>The default is <see langword="false"/>.</value>
    /// <remarks>Ignored when <see cref="GpuDeviceId"/> is not set.</remarks>
    public bool FallbackToCpu { get; init; }

    /// <summary>
    /// Whether products on CUDA may be computed with the 10-bit mantissa of TF32. This is faster on tensor cores, but images may differ
    /// from the CPU's by more than one level.
    /// </summary>
    /// <value>The default is <see langword="false"/>.</value>
    public bool AllowTf32 { get; init; }

    /// <summary>
    /// The maximum number of pixels of an image file that TranslateFile or TranslateFolder reads. It is checked before the file is decoded.
    /// </summary>
    /// <value>The default is 134,217,728, which take 512 MiB when decoded. From 1 to 268,435,456.</value>
    public long MaxPixels { get; init => field = Guard.InRange(value, 1, ImageLimits.MostPixels); } = ImageLimits.DefaultPixels;

    /// <summary>
    /// The maximum length in bytes of an image file that TranslateFile or TranslateFolder reads. It is checked before the file is read.
    /// </summary>
    /// <value>The default is 536,870,912. From 1 to 2,147,483,591.</value>
    public long MaxFileLength { get; init => field = Guard.InRange(value, 1, Array.MaxLength); } = ImageLimits.DefaultLength;

    internal ImageLimits Limits => new(MaxPixels, MaxFileLength);

    private const int MaxBatchSize = 1024;
    private const int MaxThreads = 1024;

    private static int? InRange(int? value, int least, int most, string name)
        => value is null || (value >= least && value <= most)
            ? value
            : throw new ArgumentOutOfRangeException(name, value, $"{name} is {value}; expected a value from {least} to {most}, or null.");
}

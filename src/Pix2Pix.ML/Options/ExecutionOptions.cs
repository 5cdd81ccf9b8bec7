namespace Pix2Pix;

/// <summary>
/// How and where ONNX Runtime runs a model on this machine. Immutable; it changes the time a translation takes, not the picture but by what
/// <see cref="AllowTf32"/> says, and is not saved with a model.
/// </summary>
public sealed record ExecutionOptions
{
    /// <summary>The defaults below.</summary>
    public static ExecutionOptions Default { get; } = new();

    /// <summary>Rows of a view that are translated in one run. The next ones are decoded meanwhile, on a thread of their own.</summary>
    /// <value>
    /// The default is <see langword="null"/>: 1 on a CPU, where larger batches are no faster, and 16 on CUDA. From 1 to 1,024.
    /// </value>
    /// <remarks>
    /// Rows that nobody asks for after a filter may be translated with those of their batch. Translate and PredictionEngine take one image
    /// at a time.
    /// </remarks>
    public int? BatchSize { get; init => field = InRange(value, 1, MaxBatchSize, nameof(BatchSize)); }

    /// <summary>The threads of one run on a CPU.</summary>
    /// <value>The default is <see langword="null"/>: one for each core. From 1 to 1,024.</value>
    public int? Threads { get; init => field = InRange(value, 1, MaxThreads, nameof(Threads)); }

    /// <summary>
    /// Whether threads of ONNX Runtime wait for work in a loop while a run goes on, which takes a core each but answers sooner, rather than
    /// asleep. Between runs they sleep.
    /// </summary>
    /// <value>
    /// The default is <see langword="true"/>: one image after the other takes less time. Where many threads translate side by side,
    /// <see langword="false"/> does more images.
    /// </value>
    public bool Spinning { get; init; } = true;

    /// <summary>The CUDA device to translate on, from 0.</summary>
    /// <value>
    /// The default is <see langword="null"/>: the device of the estimator's options or else of the MLContext, and the CPU where neither
    /// names one.
    /// </value>
    public int? GpuDeviceId { get; init => field = InRange(value, 0, int.MaxValue, nameof(GpuDeviceId)); }

    /// <summary>Whether the CPU does it where the device of <see cref="GpuDeviceId"/> is not there. Otherwise that is an error.</summary>
    /// <value>The default is <see langword="false"/>.</value>
    /// <remarks>Ignored when <see cref="GpuDeviceId"/> is not set.</remarks>
    public bool FallbackToCpu { get; init; }

    /// <summary>
    /// Whether products on CUDA may be computed with the 10 bits of TF32: faster on tensor cores, and pictures may differ from the CPU's by
    /// more than a level.
    /// </summary>
    /// <value>The default is <see langword="false"/>.</value>
    public bool AllowTf32 { get; init; }

    private const int MaxBatchSize = 1024;
    private const int MaxThreads = 1024;

    private static int? InRange(int? value, int least, int most, string name)
        => value is null || (value >= least && value <= most)
            ? value
            : throw new ArgumentOutOfRangeException(name, value, $"{name} is {value}; expected a value from {least} to {most}, or null.");
}

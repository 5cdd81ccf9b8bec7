using System.Runtime.CompilerServices;
using Microsoft.ML;
using Pix2Pix.ML;
using Pix2Pix.Torch;

namespace Pix2Pix;

/// <summary>The options of <see cref="ImageTranslationCatalog.Pix2Pix"/>. Immutable; the defaults are the paper's (Isola et al. 2017).</summary>
public sealed record Pix2PixOptions
{
    /// <summary>The paper's settings.</summary>
    public static Pix2PixOptions Default { get; } = new();

    /// <summary>The options of the generator: image size, filters, normalization.</summary>
    /// <value>The default is the paper's U-Net for 256x256 pixels, RGB to RGB.</value>
    /// <remarks>
    /// ML.NET images always have four channels; the generator's input and output channels are converted from and to them. Grayscale output
    /// is repeated in all three color channels. A colorization has <see cref="ImageChannels.Lightness"/> as input and
    /// <see cref="ImageChannels.Chroma"/> as output, and trains on a single column of photographs, named as both input and target.
    /// </remarks>
    public GeneratorOptions Generator { get; init => field = NotNull(value); } = GeneratorOptions.Default;

    /// <summary>The options of the discriminator.</summary>
    /// <value>The default is the paper's PatchGAN of 70x70 pixels.</value>
    public DiscriminatorOptions Discriminator { get; init => field = NotNull(value); } = DiscriminatorOptions.Default;

    /// <summary>The training options: epochs, batch size, learning rate, loss weights, augmentation, seed, threads.</summary>
    /// <value>The default is 200 epochs of batch 1.</value>
    public TrainingOptions Training { get; init => field = NotNull(value); } = TrainingOptions.Default;

    /// <summary>How the trained generator translates.</summary>
    /// <value>The default is per-image statistics without dropout.</value>
    public InferenceOptions Inference { get; init => field = NotNull(value); } = InferenceOptions.Default;

    /// <summary>
    /// The precision of the weights in the exported model. With 16 bits, its file and a saved pipeline are half as large.
    /// </summary>
    /// <value>The default is <see cref="WeightPrecision.Single"/>.</value>
    /// <remarks><see cref="Pix2PixTransformer.Parity"/> reports the effect on images; the log reports it if it exceeds one level.</remarks>
    public WeightPrecision Weights { get; init => field = Enum.IsDefined(value) ? value : throw Unknown(value); }

    /// <summary>How images of another size than the model's are handled.</summary>
    /// <value>The default resizes all images to the model's size.</value>
    public SizingOptions Sizing { get; init => field = NotNull(value); } = SizingOptions.Default;

    /// <summary>Batches and threads of the translation.</summary>
    /// <value>The default is a batch size chosen by provider and one thread per core.</value>
    public ExecutionOptions Execution { get; init => field = NotNull(value); } = ExecutionOptions.Default;

    /// <summary>
    /// The rows to validate with. They have the columns that the estimator trains on. After each epoch the generator translates them and is
    /// scored. They are read as for translation, without augmentation, and are not used for training. All rows are checked;
    /// <see cref="ValidationOptions.MaxPairs"/> of them are used and kept in memory.
    /// </summary>
    /// <value>The default is <see langword="null"/>: no validation, unless <see cref="ValidationFraction"/> is set.</value>
    public IDataView? ValidationSet { get; init; }

    /// <summary>
    /// The fraction of the rows passed to Fit that is held out for validation. With 0.1, one of the first ten rows, chosen by the seed,
    /// then one of the next ten, and so on.
    /// </summary>
    /// <value>The default is 0: no validation, unless <see cref="ValidationSet"/> is set. From 0 to 0.5.</value>
    /// <remarks>
    /// The rows are read twice and must come in the same order: do not shuffle them randomly beforehand. Of two or more rows, at least one
    /// is held out and at least one is used for training, however small the fraction.
    /// </remarks>
    public double ValidationFraction { get; init => field = value is >= 0 and <= 0.5 ? value : throw NoFraction(value); }

    /// <summary>
    /// How training is validated if there is a <see cref="ValidationSet"/> or a <see cref="ValidationFraction"/>, whether the best epoch's
    /// generator is kept, and whether training stops early.
    /// </summary>
    /// <value>The default is L1 after each epoch on 100 rows; the best epoch's generator is kept.</value>
    public ValidationOptions Validation { get; init => field = NotNull(value); } = ValidationOptions.Default;

    /// <summary>The CUDA device to train and translate on, from 0.</summary>
    /// <value>
    /// The default is <see langword="null"/>: the setting of the MLContext, and the CPU if it has none.
    /// </value>
    public int? GpuDeviceId { get; init => field = value is null or >= 0 ? value : throw Negative(value.Value); }

    /// <summary>
    /// Whether to fall back to the CPU if the device of <see cref="GpuDeviceId"/> is not available. Otherwise that is an error.
    /// </summary>
    /// <value>The default is <see langword="false"/>.</value>
    /// <remarks>Ignored when <see cref="GpuDeviceId"/> is not set; the settings of the MLContext then apply.</remarks>
    public bool FallbackToCpu { get; init; }

    /// <summary>
    /// The memory budget for decoded pairs in bytes, validation pairs included. A pair takes one byte per channel and pixel of both images
    /// at their load size: 491 kB for a pair of 286x286 pixels from RGB to RGB. Validation pairs are always in memory. If the training
    /// pairs do not fit beside them, they are decoded again in each epoch, on a separate thread, and only
    /// <see cref="TrainingOptions.ShuffleWindow"/> of them are in memory. The order of the pairs and the training result are the same.
    /// </summary>
    /// <value>The default is 2 GiB: 4,375 such training pairs.</value>
    /// <remarks>
    /// The budget covers the pairs only: networks, a few prefetched batches and the images being decoded come on top. A streamed view must
    /// return the same rows each time; ML.NET's <c>Cache</c> would keep all of its images in memory.
    /// </remarks>
    public long MemoryBudget { get; init => field = value >= 1 ? value : throw TooSmall(value); } = 2L << 30;

    /// <summary>Where and how often Fit writes checkpoints, so that the next Fit can resume after a crash.</summary>
    /// <value>The default is <see langword="null"/>: no checkpoints.</value>
    /// <remarks>
    /// A resumed Fit uses the checkpoint's seed if <see cref="TrainingOptions.Seed"/> is not set. If a checkpoint cannot be written, for
    /// example because the disk is full, a warning is logged, and Fit continues and returns its model. Each Fit needs a folder of its own:
    /// a folder with checkpoints of other rows or other options is refused, and all differences are named.
    /// </remarks>
    public CheckpointOptions? Checkpoints { get; init; }

    /// <summary>
    /// Receives a report after each step, on the training thread; return quickly. On CUDA, several steps are reported at a time
    /// (<see cref="TrainingRun.Progress"/>).
    /// </summary>
    /// <value>The default is <see langword="null"/>.</value>
    /// <remarks>
    /// An exception that it throws ends Fit; at the end of an epoch, only if another step follows. After the last step it is logged as a
    /// warning, and Fit returns the model.
    /// </remarks>
    public IProgress<TrainingProgress>? Progress { get; init; }

    /// <summary>
    /// Receives a report on each checkpoint that is written, not written, skipped or resumed from, on the training thread.
    /// </summary>
    /// <value>The default is <see langword="null"/>; <c>mlContext.Log</c> contains the same as text.</value>
    /// <remarks>An exception that it throws is logged as a warning, and Fit continues.</remarks>
    public IProgress<CheckpointReport>? CheckpointProgress { get; init; }

    /// <summary>A folder with a report that is updated during training: images, curves, options, hints.</summary>
    /// <value>The default is <see langword="null"/>: no report.</value>
    public ReportOptions? Report { get; init; }

    /// <summary>
    /// Stops training after the current step; Fit returns the model in its current state. With <see cref="ValidationOptions.KeepBest"/>
    /// that is the best of the validated epochs.
    /// </summary>
    /// <value>The default is none.</value>
    /// <remarks>
    /// If canceled before Fit, Fit reads the rows, runs no step, and returns the model of the checkpoint that it would resume from, or an
    /// untrained model if there is none. If canceled while Fit reads the rows for the first time, there is no model yet, and Fit ends after
    /// the current row with an <see cref="OperationCanceledException"/>; checkpoints are left unchanged.
    /// </remarks>
    public CancellationToken StopTraining { get; init; }

    /// <summary>Cancels Fit with an <see cref="OperationCanceledException"/> after the current row or step.</summary>
    /// <value>The default is none.</value>
    public CancellationToken CancellationToken { get; init; }

    private static T NotNull<T>(T value, [CallerMemberName] string name = "") where T : class => value ?? throw new ArgumentNullException(name);

    private static ArgumentOutOfRangeException NoFraction(double value)
        => new(nameof(ValidationFraction), value, $"ValidationFraction is {value}; expected a value from 0 to 0.5.");

    private static ArgumentOutOfRangeException Unknown(WeightPrecision value)
        => new(nameof(Weights), value, $"Weights is {(int)value}; expected a member of {nameof(WeightPrecision)}.");

    private static ArgumentOutOfRangeException TooSmall(long value)
        => new(nameof(MemoryBudget), value, $"MemoryBudget is {value}; expected at least 1 byte. The default is {2L << 30}.");

    private static ArgumentOutOfRangeException Negative(int value)
        => new(nameof(GpuDeviceId), value, $"GpuDeviceId is {value}; expected 0 or more, or null for the CPU.");
}

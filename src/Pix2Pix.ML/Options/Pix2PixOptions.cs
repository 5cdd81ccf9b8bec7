using System.Runtime.CompilerServices;
using Microsoft.ML;
using Pix2Pix.ML;
using Pix2Pix.Torch;

namespace Pix2Pix;

/// <summary>
/// Everything that <c>mlContext.Transforms.Pix2Pix(...)</c> can be told. Immutable; the defaults are the paper's (Isola et al. 2017).
/// </summary>
public sealed record Pix2PixOptions
{
    /// <summary>The paper's settings.</summary>
    public static Pix2PixOptions Default { get; } = new();

    /// <summary>The generator: image size, filters, normalization.</summary>
    /// <value>The default is the paper's U-Net for 256x256 pixels, RGB to RGB.</value>
    /// <remarks>
    /// ML.NET's images always have four channels; those that the generator sees and gives are made of them. Gray comes back in all three
    /// colours. A colorization has <see cref="ImageChannels.Lightness"/> in and <see cref="ImageChannels.Chroma"/> out, and learns from one
    /// column of photographs, named as input and as target.
    /// </remarks>
    public GeneratorOptions Generator { get; init => field = NotNull(value); } = GeneratorOptions.Default;

    /// <summary>The discriminator.</summary>
    /// <value>The default is the paper's PatchGAN of 70x70 pixels.</value>
    public DiscriminatorOptions Discriminator { get; init => field = NotNull(value); } = DiscriminatorOptions.Default;

    /// <summary>Epochs, batch, learning rate, weights of the losses, augmentation, seed, threads.</summary>
    /// <value>The default is 200 epochs of batch 1.</value>
    public TrainingOptions Training { get; init => field = NotNull(value); } = TrainingOptions.Default;

    /// <summary>How the trained generator translates.</summary>
    /// <value>The default is per-image statistics without dropout.</value>
    public InferenceOptions Inference { get; init => field = NotNull(value); } = InferenceOptions.Default;

    /// <summary>How the weights stand in the exported model: in 16 bits, its file and a saved pipeline are half as large.</summary>
    /// <value>The default is <see cref="WeightPrecision.Single"/>.</value>
    /// <remarks>
    /// <see cref="Pix2PixTransformer.Parity"/> says what they do to pictures, and the log where it is more than one level.
    /// </remarks>
    public WeightPrecision Weights { get; init => field = Enum.IsDefined(value) ? value : throw Unknown(value); }

    /// <summary>What a translation makes of images of another size than the model's.</summary>
    /// <value>The default is that all come to the model's size.</value>
    public SizingOptions Sizing { get; init => field = NotNull(value); } = SizingOptions.Default;

    /// <summary>Batches and threads of the translation.</summary>
    /// <value>The default is batches by provider and a thread for each core.</value>
    public ExecutionOptions Execution { get; init => field = NotNull(value); } = ExecutionOptions.Default;

    /// <summary>
    /// Rows to validate with, with the columns that the estimator learns from: each epoch's generator translates them, and is scored.
    /// They are read as they will be translated, without augmentation, and nothing is learnt from them. All rows are checked;
    /// <see cref="ValidationOptions.MaxPairs"/> of them are used and kept in memory.
    /// </summary>
    /// <value>The default is <see langword="null"/>: no validation, or by <see cref="ValidationFraction"/>.</value>
    public IDataView? ValidationSet { get; init; }

    /// <summary>
    /// The share of the rows given to Fit that is kept away from learning, to validate with: of ten rows one, with 0.1, chosen by the
    /// seed, then one of the next ten, and so on.
    /// </summary>
    /// <value>The default is 0: no validation, or by <see cref="ValidationSet"/>. From 0 to 0.5.</value>
    /// <remarks>
    /// The rows are read twice and have to come in the same order: do not shuffle them at random before. Of two rows or more one at least
    /// is kept away and one at least is learnt from, however small the fraction.
    /// </remarks>
    public double ValidationFraction { get; init => field = value is >= 0 and <= 0.5 ? value : throw NoFraction(value); }

    /// <summary>
    /// How the training is validated where there is a <see cref="ValidationSet"/> or <see cref="ValidationFraction"/>, and what follows:
    /// whether the best epoch's generator is kept, and whether the training ends early.
    /// </summary>
    /// <value>The default is by L1, after each epoch, on 100 rows; the best epoch's generator is kept.</value>
    public ValidationOptions Validation { get; init => field = NotNull(value); } = ValidationOptions.Default;

    /// <summary>The CUDA device to train and translate on, from 0.</summary>
    /// <value>
    /// The default is <see langword="null"/>: what the MLContext given to the estimator says, and the CPU where there is none.
    /// </value>
    public int? GpuDeviceId { get; init => field = value is null or >= 0 ? value : throw Negative(value.Value); }

    /// <summary>Whether the CPU does it where the device of <see cref="GpuDeviceId"/> is not there. Otherwise that is an error.</summary>
    /// <value>The default is <see langword="false"/>.</value>
    /// <remarks>Ignored when <see cref="GpuDeviceId"/> is not set: then the MLContext's pair of settings holds.</remarks>
    public bool FallbackToCpu { get; init; }

    /// <summary>
    /// The bytes that decoded pairs may take in memory, those to validate with among them: one for each channel of a pixel, at their load
    /// size, of both images; 491 kB for a pair of 286x286 pixels from RGB to RGB. The pairs to validate with are always in memory. Where
    /// those to learn from do not fit beside them, they are decoded again in each epoch, on a thread of its own, and only
    /// <see cref="TrainingOptions.ShuffleWindow"/> of them are in memory. The order of the pairs, and what is learnt, is the same.
    /// </summary>
    /// <value>The default is 2 GiB: 4,375 such pairs to learn from.</value>
    /// <remarks>
    /// It counts the pairs alone: networks, a few batches made ahead and the images that are being decoded come on top. A streamed view has
    /// to give the same rows each time; ML.NET's <c>Cache</c> would keep all of its images in memory.
    /// </remarks>
    public long MemoryBudget { get; init => field = value >= 1 ? value : throw TooSmall(value); } = 2L << 30;

    /// <summary>Where and how often Fit keeps its training, so that the next Fit goes on after a crash.</summary>
    /// <value>The default is <see langword="null"/>: nothing is kept.</value>
    /// <remarks>
    /// A Fit that goes on takes the checkpoint's seed where <see cref="TrainingOptions.Seed"/> is not set. A checkpoint that cannot be
    /// written, on a full disk say, is a warning in the log: Fit goes on and returns its model. Each Fit needs a folder of its own: one on
    /// other rows or with other options is refused, and all that differs is named.
    /// </remarks>
    public CheckpointOptions? Checkpoints { get; init; }

    /// <summary>
    /// Told of each step, on the training thread: return soon. On CUDA of some steps at a time (<see cref="TrainingRun.Progress"/>).
    /// </summary>
    /// <value>The default is <see langword="null"/>.</value>
    /// <remarks>
    /// An exception that it throws ends Fit; at the end of an epoch, only if another step follows. After the last step it is a warning in
    /// the log, and Fit returns the model.
    /// </remarks>
    public IProgress<TrainingProgress>? Progress { get; init; }

    /// <summary>Told of each checkpoint that is written, not written, passed over or resumed from, on the training thread.</summary>
    /// <value>The default is <see langword="null"/>; <c>mlContext.Log</c> has the same as text.</value>
    /// <remarks>An exception that it throws is a warning in the log, and Fit goes on.</remarks>
    public IProgress<CheckpointReport>? CheckpointProgress { get; init; }

    /// <summary>A folder that shows the training while it goes on: pictures, curves, options, hints.</summary>
    /// <value>The default is <see langword="null"/>: none.</value>
    public ReportOptions? Report { get; init; }

    /// <summary>
    /// Ends the training after the step at hand; Fit returns the model as it is then. With <see cref="ValidationOptions.KeepBest"/> that is
    /// the best of the epochs that were validated.
    /// </summary>
    /// <value>The default is none.</value>
    /// <remarks>
    /// Cancelled before Fit: Fit reads the rows, does no step, and returns the model of the checkpoint that it would go on from; an
    /// untrained one where there is none. Cancelled while Fit reads the rows for the first time: there is no model yet, and Fit ends after
    /// the row at hand with an <see cref="OperationCanceledException"/>; checkpoints stay as they are.
    /// </remarks>
    public CancellationToken StopTraining { get; init; }

    /// <summary>Ends Fit with an <see cref="OperationCanceledException"/> after the row or step at hand.</summary>
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

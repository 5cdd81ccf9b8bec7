using Microsoft.ML;
using Pix2Pix.ML;

namespace Pix2Pix;

/// <summary>The options of <see cref="ImageTranslationCatalog.Pix2Pix"/>. Immutable; the defaults are the paper's (Isola et al. 2017).</summary>
/// <remarks>
/// A resumed Fit uses the checkpoint's seed if <see cref="TrainingOptions.Seed"/> is not set. A handler of
/// <see cref="TrainingRunOptions.Progress"/> that throws an exception ends Fit, unless no step follows: the exception is then logged as a
/// warning, and Fit returns the model. Exceptions of <see cref="TrainingRunOptions.CheckpointProgress"/>, and checkpoints that cannot be
/// written, are logged as warnings. <c>mlContext.Log</c> contains the progress and the checkpoint reports as text. If
/// <see cref="TrainingRunOptions.StopTraining"/> is canceled before Fit, Fit reads the rows and runs no step. If it is canceled while Fit
/// reads the rows for the first time, there is no model yet, and Fit throws an <see cref="OperationCanceledException"/>.
/// </remarks>
public sealed record Pix2PixOptions : TrainingRunOptions
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
    public GeneratorOptions Generator { get; init => field = Guard.NotNull(value); } = GeneratorOptions.Default;

    /// <summary>The options of the discriminator.</summary>
    /// <value>The default is the paper's PatchGAN of 70x70 pixels.</value>
    public DiscriminatorOptions Discriminator { get; init => field = Guard.NotNull(value); } = DiscriminatorOptions.Default;

    /// <summary>The training options: epochs, batch size, learning rate, loss weights, augmentation, seed, threads.</summary>
    /// <value>The default is 200 epochs of batch 1.</value>
    public TrainingOptions Training { get; init => field = Guard.NotNull(value); } = TrainingOptions.Default;

    /// <summary>
    /// The precision of the weights in the exported model. With 16 bits, its file and a saved pipeline are half as large.
    /// </summary>
    /// <value>The default is <see cref="WeightPrecision.Single"/>.</value>
    /// <remarks><see cref="Pix2PixTransformer.Parity"/> reports the effect on images; the log reports it if it exceeds one level.</remarks>
    public WeightPrecision Weights { get; init => field = Guard.Defined(value); }

    /// <summary>How images of another size than the model's are handled.</summary>
    /// <value>The default resizes all images to the model's size.</value>
    public SizingOptions Sizing { get; init => field = Guard.NotNull(value); } = SizingOptions.Default;

    /// <summary>Batches and threads of the translation.</summary>
    /// <value>The default is a batch size chosen by provider and one thread per core.</value>
    public ExecutionOptions Execution { get; init => field = Guard.NotNull(value); } = ExecutionOptions.Default;

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
    public double ValidationFraction { get; init => field = Guard.InRange(value, 0, 0.5); }

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
    /// The budget covers the pairs only: networks, a few prefetched batches and the images being decoded require additional memory. A
    /// streamed view must return the same rows each time; ML.NET's <c>Cache</c> would keep all of its images in memory.
    /// </remarks>
    public long MemoryBudget { get; init => field = value >= 1 ? value : throw TooSmall(value); } = 2L << 30;

    private static ArgumentOutOfRangeException TooSmall(long value)
        => new(nameof(MemoryBudget), value, $"MemoryBudget is {value}; expected at least 1 byte. The default is {2L << 30}.");

    private static ArgumentOutOfRangeException Negative(int value)
        => new(nameof(GpuDeviceId), value, $"GpuDeviceId is {value}; expected 0 or more, or null.");
}

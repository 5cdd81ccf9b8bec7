namespace Pix2Pix;

/// <summary>How the trained generator translates. Immutable; written into the ONNX file.</summary>
public sealed record InferenceOptions
{
    /// <summary>Per-image statistics, no dropout.</summary>
    public static InferenceOptions Default { get; } = new();

    /// <summary>The mean and variance that batch normalization uses.</summary>
    /// <value>The default is <see cref="NormStatistics.Image"/>, as in the tests of the paper and of other implementations.</value>
    /// <remarks>
    /// <see cref="NormStatistics.Auto"/> requires validation. If the norm is not <see cref="NormKind.Batch"/>, it is the same as
    /// <see cref="NormStatistics.Image"/>.
    /// </remarks>
    public NormStatistics Statistics { get; init => field = Guard.Defined(value); } = NormStatistics.Image;

    /// <summary>
    /// Whether dropout is applied, as in the paper's tests. One mask is drawn from <see cref="DropoutSeed"/> and kept, so that an image
    /// gives the same result each time, in each batch and in each runtime.
    /// </summary>
    /// <value>The default is <see langword="false"/>.</value>
    /// <remarks>
    /// Has no effect if the generator has no dropout: if <see cref="GeneratorOptions.Dropout"/> is off, and in the U-Net and the
    /// encoder-decoder with a <see cref="GeneratorOptions.Size"/> of 32.
    /// </remarks>
    public bool Dropout { get; init; }

    /// <summary>The seed of the dropout mask.</summary>
    /// <value>The default is 1.</value>
    /// <remarks>Ignored when <see cref="Dropout"/> is off.</remarks>
    public int DropoutSeed { get; init; } = 1;

    /// <exception cref="ArgumentException">The statistics have not been chosen yet.</exception>
    internal void RequireStatistics()
    {
        if (Statistics == NormStatistics.Auto)
        {
            throw new ArgumentException(
                "Statistics is Auto, which is resolved during training; expected Image or Running. Use TrainingSummary.Statistics, which " +
                "contains the choice.");
        }
    }
}

/// <summary>The mean and variance that batch normalization uses when the generator translates. No effect on other norms.</summary>
public enum NormStatistics
{
    /// <summary>
    /// The statistics of the current image, as in the tests of the paper and of other implementations. The result of an image never depends
    /// on the others of its batch.
    /// </summary>
    Image,

    /// <summary>The running averages of training. Faster, because they are folded into the convolutions; the images differ.</summary>
    Running,

    /// <summary>
    /// Whichever of the two scored better in validation. The generator is then trained with the statistics of the batch, because otherwise
    /// the running statistics would not be updated. For training only: an exported model has one of the two.
    /// </summary>
    Auto,
}

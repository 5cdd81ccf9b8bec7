namespace Pix2Pix.Torch.Networks;

/// <summary>How the generator translates once it is trained. Immutable; written into the ONNX file.</summary>
public sealed record InferenceOptions
{
    /// <summary>Per-image statistics, no dropout.</summary>
    public static InferenceOptions Default { get; } = new();

    /// <summary>Which mean and variance batch normalization uses.</summary>
    /// <value>The default is <see cref="NormStatistics.Image"/>, as the paper and its peers test.</value>
    public NormStatistics Statistics { get; init => field = Guard.Defined(value); } = NormStatistics.Image;

    /// <summary>
    /// Whether dropout stays on, as in the paper's tests. One mask is drawn from <see cref="DropoutSeed"/> and kept, so that a
    /// picture gives the same result each time, in each batch and in each runtime.
    /// </summary>
    /// <value>The default is <see langword="false"/>.</value>
    public bool Dropout { get; init; }

    /// <summary>The seed of the mask.</summary>
    /// <value>The default is 1.</value>
    /// <remarks>Ignored when <see cref="Dropout"/> is off.</remarks>
    public int DropoutSeed { get; init; } = 1;
}

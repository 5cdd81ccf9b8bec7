namespace Pix2Pix.Torch.Networks;

/// <summary>The PatchGAN discriminator with a receptive field of 70x70 pixels. Immutable; travels inside the files we write.</summary>
public sealed record DiscriminatorOptions
{
    /// <summary>The paper's discriminator.</summary>
    public static DiscriminatorOptions Default { get; } = new();

    /// <summary>Filters of the first layer; the next three have two, four and eight times this number.</summary>
    /// <value>The default is 64, as in the paper.</value>
    public int Filters { get; init => field = Guard.InRange(value, 1, 512); } = 64;

    /// <summary>The normalization of all layers but the first and the last.</summary>
    /// <value>The default is <see cref="NormKind.Batch"/>.</value>
    public NormKind Norm { get; init => field = Guard.Defined(value); } = NormKind.Batch;
}

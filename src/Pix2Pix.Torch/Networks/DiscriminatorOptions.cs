namespace Pix2Pix.Torch.Networks;

/// <summary>The PatchGAN discriminator with a receptive field of 70x70 pixels. Immutable; travels inside the files we write.</summary>
public sealed record DiscriminatorOptions
{
    /// <summary>The paper's discriminator.</summary>
    public static DiscriminatorOptions Default { get; } = new();

    /// <summary>Filters of the first layer; the next three have two, four and eight times this number.</summary>
    /// <value>The default is 64, as in the paper.</value>
    public int Filters { get; init => field = Guard.InRange(value, 1, 512); } = 64;

    /// <summary>
    /// Halvings, which give the side of the patch that a logit sees: 1 for 0 layers (1x1 convolutions alone), then 16, 34, 70, 142 and 286.
    /// </summary>
    /// <value>The default is 3: 70x70 pixels, as in the paper.</value>
    public int Layers { get; init => field = Guard.InRange(value, 0, 5); } = 3;

    /// <summary>Whether it sees the input image beside the one to judge.</summary>
    /// <value>The default is <see langword="true"/>; <see langword="false"/> is the paper's ablation (section 4.1).</value>
    public bool Conditional { get; init; } = true;

    /// <summary>
    /// Discriminators of the same shape, each of which sees the images at half the size of the one before (Wang et al. 2018, section 3.2).
    /// </summary>
    /// <value>The default is 1.</value>
    public int Scales { get; init => field = Guard.InRange(value, 1, 3); } = 1;

    /// <summary>The normalization of all layers but the first and the last.</summary>
    /// <value>The default is <see cref="NormKind.Batch"/>.</value>
    public NormKind Norm { get; init => field = Guard.Defined(value); } = NormKind.Batch;
}

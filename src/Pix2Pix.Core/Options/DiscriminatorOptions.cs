using System.Text.Json.Serialization;

namespace Pix2Pix;

/// <summary>The PatchGAN discriminator: its patch, width and kinds of layers. Immutable; travels inside the files we write.</summary>
public sealed record DiscriminatorOptions
{
    /// <summary>The paper's discriminator.</summary>
    public static DiscriminatorOptions Default { get; } = new();

    /// <summary>Filters of the first layer. Each further one but the last has twice as many, up to eight times this number.</summary>
    /// <value>
    /// The default is <see langword="null"/>: as many as the generator has, see <see cref="GeneratorOptions.Filters"/>. In the paper both have
    /// 64.
    /// </value>
    /// <remarks>
    /// A discriminator that is much wider than its generator takes most of the time of a step, and learns so fast that the generator learns
    /// little from it.
    /// </remarks>
    public int? Filters { get; init => field = value is null ? null : Guard.InRange(value.Value, 1, 512); }

    /// <summary>
    /// Layers that halve, which give the side of the patch that a logit sees: 1 for none of them (1x1 convolutions alone), then 16, 34, 70,
    /// 142 and 286. Two more layers follow.
    /// </summary>
    /// <value>The default is 3: 70x70 pixels, as in the paper.</value>
    /// <remarks>
    /// With more than none, images need sides of at least 3 * 2^(layers + scales - 1) pixels, so that each scale has a logit: 24 by
    /// default.
    /// </remarks>
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
    /// <remarks>
    /// Batch normalization here always has the statistics of the whole batch, whatever <see cref="TrainingOptions.Statistics"/> says of the
    /// generator: with more than one image in it, what the discriminator says of one depends on the others.
    /// </remarks>
    public NormKind Norm { get; init => field = Guard.Defined(value); } = NormKind.Batch;

    /// <summary>The side of the patch that a logit of the first scale sees, in pixels.</summary>
    /// <value>70 by default.</value>
    [JsonIgnore]
    public int PatchSize => Layers == 0 ? 1 : (9 << Layers) - 2; // two layers see 7, and each halving before them twice as much and 2

    /// <summary>
    /// The smallest side of an image that leaves a logit at each scale: a halving rounds down, and the two layers after them take one each.
    /// Of the sides that a generator can have: between the scales, sides that are no multiple of 4 are rounded up.
    /// </summary>
    internal int SmallestSide => Layers == 0 ? 1 : 3 << (Layers + Scales - 1);

    /// <summary>The same with <see cref="Filters"/> set: to those of the generator where they were not.</summary>
    internal DiscriminatorOptions For(GeneratorOptions generator) => this with { Filters = Filters ?? generator.Filters };
}

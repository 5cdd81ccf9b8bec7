using System.Text.Json.Serialization;

namespace Pix2Pix;

/// <summary>
/// The options of the PatchGAN discriminator: patch size, width and kinds of layers. Immutable; saved in model and checkpoint files.
/// </summary>
public sealed record DiscriminatorOptions
{
    /// <summary>The paper's discriminator.</summary>
    public static DiscriminatorOptions Default { get; } = new();

    /// <summary>
    /// The number of filters of the first layer. Each further layer except the last doubles it, up to eight times this number.
    /// </summary>
    /// <value>
    /// The default is <see langword="null"/>: the same number as the generator, see <see cref="GeneratorOptions.Filters"/>. In the paper
    /// both have 64.
    /// </value>
    /// <remarks>
    /// A discriminator that is much wider than its generator takes most of the time of a step, and trains so fast that it gives the
    /// generator little useful gradient.
    /// </remarks>
    public int? Filters { get; init => field = value is null ? null : Guard.InRange(value.Value, 1, 512); }

    /// <summary>
    /// The number of layers with stride 2, which determines the side of a logit's receptive field (the patch): 1 pixel for none (1x1
    /// convolutions only), then 16, 34, 70, 142 and 286. Two more layers follow.
    /// </summary>
    /// <value>The default is 3: 70x70 pixels, as in the paper.</value>
    /// <remarks>
    /// With one or more, the sides of images must be at least 3 * 2^(layers + scales - 1) pixels, so that each scale has a logit: 24 by
    /// default.
    /// </remarks>
    public int Layers { get; init => field = Guard.InRange(value, 0, 5); } = 3;

    /// <summary>Whether the discriminator also receives the input image (conditional GAN).</summary>
    /// <value>The default is <see langword="true"/>; <see langword="false"/> is the paper's ablation (section 4.1).</value>
    public bool Conditional { get; init; } = true;

    /// <summary>
    /// The number of discriminators of the same shape, each of which receives the images at half the size of the previous one (Wang et al.
    /// 2018, section 3.2).
    /// </summary>
    /// <value>The default is 1.</value>
    public int Scales { get; init => field = Guard.InRange(value, 1, 3); } = 1;

    /// <summary>The normalization of all layers except the first and the last.</summary>
    /// <value>The default is <see cref="NormKind.Batch"/>.</value>
    /// <remarks>
    /// Batch normalization in the discriminator always uses the statistics of the whole batch, regardless of the generator's
    /// <see cref="TrainingOptions.Statistics"/>: with more than one image per batch, the discriminator output for an image depends on the
    /// others.
    /// </remarks>
    public NormKind Norm { get; init => field = Guard.Defined(value); } = NormKind.Batch;

    /// <summary>The side of a logit's receptive field at the first scale, in pixels.</summary>
    /// <value>70 by default.</value>
    [JsonIgnore]
    public int PatchSize => Layers == 0 ? 1 : (9 << Layers) - 2; // the last two layers cover 7 pixels; each halving doubles that and adds 2

    /// <summary>
    /// The smallest side of an image for which each scale has a logit: a halving rounds down, and the two layers after the halvings take
    /// one pixel each. Applies to the sides that a generator can have: between the scales, sides that are not multiples of 4 are rounded
    /// up.
    /// </summary>
    internal int SmallestSide => Layers == 0 ? 1 : 3 << (Layers + Scales - 1);

    /// <summary>Returns a copy with <see cref="Filters"/> set, to those of the generator if they were not.</summary>
    internal DiscriminatorOptions For(GeneratorOptions generator) => this with { Filters = Filters ?? generator.Filters };
}


namespace Pix2Pix;

/// <summary>What the weights of a generator do not tell. Immutable.</summary>
public sealed record ImportOptions
{
    /// <summary>All as the weights suggest.</summary>
    public static ImportOptions Default { get; } = new();

    /// <summary>The images' width in pixels.</summary>
    /// <value>The default is null: the size that a U-Net halves down to one (256 for unet_256), and 256 for a ResNet.</value>
    /// <remarks>
    /// A U-Net's depth is that of its weights, so the largest power of two that divides both sides must be its size
    /// (<see cref="GeneratorOptions.Size"/>): unet_128 takes 128x128 and 384x128, but not 256x256. A ResNet takes multiples of 4.
    /// </remarks>
    public int? Width { get; init => field = value is { } side ? new GeneratorOptions { Width = side }.Width : null; }

    /// <summary>The images' height in pixels.</summary>
    /// <value>As for <see cref="Width"/>.</value>
    public int? Height { get; init => field = value is { } side ? new GeneratorOptions { Height = side }.Height : null; }

    /// <summary>What the input's channels are.</summary>
    /// <value>The default is null: gray for one channel, RGB for three, RGBA for four.</value>
    public ImageChannels? Input { get; init => field = value is { } channels ? Guard.Defined(channels) : null; }

    /// <summary>What the output's channels are.</summary>
    /// <value>The default is null, as for <see cref="Input"/>.</value>
    /// <remarks>
    /// <see cref="ImageChannels.Chroma"/> is only right for weights that were trained with a and b as they are here: junyanz's own
    /// colorization scales them otherwise.
    /// </remarks>
    public ImageChannels? Output { get; init => field = value is { } channels ? Guard.Defined(channels) : null; }

    /// <summary>The normalization.</summary>
    /// <value>
    /// The default is null: batch where norms have weights; instance where there are biases before norms, or running statistics alone;
    /// else none. It is always right for networks of junyanz's repository.
    /// </value>
    public NormKind? Norm { get; init => field = value is { } kind ? Guard.Defined(kind) : null; }

    /// <summary>Whether the U-Net was trained with dropout.</summary>
    /// <value>
    /// The default is null: yes, as junyanz's pix2pix is, up to a size of 256; no beyond it, where junyanz's network has more places of
    /// dropout than ours.
    /// </value>
    /// <remarks>
    /// Dropout has no weights, and is off in a translation unless <see cref="InferenceOptions.Dropout"/> is set. Ignored for a ResNet,
    /// whose names tell.
    /// </remarks>
    public bool? Dropout { get; init; }
}

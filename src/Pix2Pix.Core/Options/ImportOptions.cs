
namespace Pix2Pix;

/// <summary>The properties of a generator that its weights do not determine. Immutable.</summary>
public sealed record ImportOptions
{
    /// <summary>Takes everything from the weights.</summary>
    public static ImportOptions Default { get; } = new();

    /// <summary>The images' width in pixels.</summary>
    /// <value>The default is null: the size that a U-Net halves down to one (256 for unet_256), and 256 for a ResNet.</value>
    /// <remarks>
    /// The weights determine a U-Net's depth, so the largest power of two that divides both sides must be its size
    /// (<see cref="GeneratorOptions.Size"/>): unet_128 accepts 128x128 and 384x128, but not 256x256. A ResNet accepts multiples of 4.
    /// </remarks>
    public int? Width { get; init => field = value is { } side ? new GeneratorOptions { Width = side }.Width : null; }

    /// <summary>The images' height in pixels.</summary>
    /// <value>As for <see cref="Width"/>.</value>
    public int? Height { get; init => field = value is { } side ? new GeneratorOptions { Height = side }.Height : null; }

    /// <summary>The input's channels.</summary>
    /// <value>The default is null: gray for one channel, RGB for three, RGBA for four.</value>
    public ImageChannels? Input { get; init => field = value is { } channels ? Guard.Defined(channels) : null; }

    /// <summary>The output's channels.</summary>
    /// <value>The default is null, as for <see cref="Input"/>.</value>
    /// <remarks>
    /// <see cref="ImageChannels.Chroma"/> is only correct for weights that were trained with a* and b* scaled as in this library: junyanz's
    /// own colorization scales them differently.
    /// </remarks>
    public ImageChannels? Output { get; init => field = value is { } channels ? Guard.Defined(channels) : null; }

    /// <summary>The normalization.</summary>
    /// <value>
    /// The default is null: batch if the norms have weights; instance if there are biases before norms, or only running statistics;
    /// otherwise none. This is always correct for networks of junyanz's repository.
    /// </value>
    public NormKind? Norm { get; init => field = value is { } kind ? Guard.Defined(kind) : null; }

    /// <summary>Whether the U-Net was trained with dropout.</summary>
    /// <value>
    /// The default is null: yes up to a size of 256, as in junyanz's pix2pix; no above it, where junyanz's network has more dropout layers
    /// than this library's.
    /// </value>
    /// <remarks>
    /// Dropout has no weights, and is off in a translation unless <see cref="InferenceOptions.Dropout"/> is set. Ignored for a ResNet,
    /// whose weight names determine it.
    /// </remarks>
    public bool? Dropout { get; init; }
}

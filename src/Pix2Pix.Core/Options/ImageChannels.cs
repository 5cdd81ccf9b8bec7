using System.ComponentModel;

namespace Pix2Pix;

/// <summary>
/// The channels of a network's images. Each is a byte outside of the network and in [-1, 1] inside.
/// </summary>
public enum ImageChannels
{
    /// <summary>Red, green, blue.</summary>
    Rgb,

    /// <summary>One channel: luma (ITU-R BT.601).</summary>
    Gray,

    /// <summary>
    /// Red, green, blue, alpha. ML.NET multiplies the colors of decoded images by alpha; the network is trained on them as they are.
    /// </summary>
    Rgba,

    /// <summary>One channel: the lightness of CIE L*a*b*, the input of a colorization.</summary>
    Lightness,

    /// <summary>
    /// Two channels: a* and b* of CIE L*a*b*, the output of a colorization. They are combined with the lightness of the network's input
    /// image, whichever of its channels the network receives.
    /// </summary>
    Chroma,
}

/// <summary>Extension methods of <see cref="ImageChannels"/>.</summary>
internal static class ImageChannelsExtensions
{
    /// <summary>Gets the number of channels.</summary>
    public static int Count(this ImageChannels channels) => channels switch
    {
        ImageChannels.Gray or ImageChannels.Lightness => 1,
        ImageChannels.Chroma => 2,
        ImageChannels.Rgb => 3,
        ImageChannels.Rgba => 4,
        _ => throw new InvalidEnumArgumentException(nameof(channels), (int)channels, typeof(ImageChannels)),
    };
}

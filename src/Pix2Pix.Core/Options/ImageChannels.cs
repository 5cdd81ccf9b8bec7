using Pix2Pix.Imaging;

namespace Pix2Pix;

/// <summary>
/// What the channels of a network's images are. Each is a byte outside of the network, and [-1, 1] inside.
/// <see cref="ChannelConversion"/> has the formulas.
/// </summary>
public enum ImageChannels
{
    /// <summary>Red, green, blue.</summary>
    Rgb,

    /// <summary>One channel: luma (ITU-R BT.601).</summary>
    Gray,

    /// <summary>
    /// Red, green, blue, alpha. Images that ML.NET decodes have their colours multiplied by alpha; a network learns them as they are given.
    /// </summary>
    Rgba,

    /// <summary>One channel: the lightness of CIE L*a*b*, what a colorization sees.</summary>
    Lightness,

    /// <summary>
    /// Two channels: a* and b* of CIE L*a*b*, what a colorization gives. They become a picture with the lightness of the network's input
    /// image, whatever channels the network sees of that.
    /// </summary>
    Chroma,
}

namespace Pix2Pix.Torch.Data;

/// <summary>What the channels of a network's images are. Each is a byte outside of the network, and [-1, 1] inside.</summary>
public enum ImageChannels
{
    /// <summary>Red, green, blue.</summary>
    Rgb,

    /// <summary>One channel: luma.</summary>
    Gray,

    /// <summary>Red, green, blue, alpha.</summary>
    Rgba,

    /// <summary>One channel: the lightness of CIE L*a*b*, what a colorization sees.</summary>
    Lightness,

    /// <summary>Two channels: a* and b* of CIE L*a*b*, what a colorization gives.</summary>
    Chroma,
}

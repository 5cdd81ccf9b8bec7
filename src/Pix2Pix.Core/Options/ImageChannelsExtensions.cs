using System.ComponentModel;

namespace Pix2Pix;

/// <summary>Extension methods of <see cref="ImageChannels"/>.</summary>
public static class ImageChannelsExtensions
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

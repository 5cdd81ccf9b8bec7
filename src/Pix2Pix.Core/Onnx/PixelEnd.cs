
namespace Pix2Pix.Onnx;

/// <summary>How a network has the images of one of its ends.</summary>
/// <param name="Channels">What its channels are.</param>
/// <param name="Range">Its values of levels 0 and 255.</param>
/// <param name="Layout">The order of its dimensions.</param>
/// <param name="Order">The order of its colours.</param>
/// <param name="Type">The <see cref="OnnxType"/> of its values.</param>
internal sealed record PixelEnd(
    ImageChannels Channels,
    ValueRange Range,
    ImageLayout Layout = ImageLayout.ChannelsFirst,
    ColorOrder Order = ColorOrder.Rgb,
    int Type = OnnxType.Float)
{
    /// <summary>As our own networks have them.</summary>
    public static PixelEnd Of(ImageChannels channels) => new(channels, ValueRange.SignedUnit);

    /// <summary>The channels of an image of alpha, blue, green, red that make one in this order; of colours alone.</summary>
    public long[] FromAbgr => (Channels, Order) switch
    {
        (ImageChannels.Rgba, ColorOrder.Rgb) => [3, 2, 1, 0],
        (ImageChannels.Rgba, _) => [1, 2, 3, 0],
        (_, ColorOrder.Rgb) => [3, 2, 1],
        _ => [1, 2, 3],
    };

    /// <summary>The channels of one in this order that make blue, green, red, and before them alpha where it has it.</summary>
    public long[] ToBgr => (Channels, Order) switch
    {
        (ImageChannels.Rgba, ColorOrder.Rgb) => [3, 2, 1, 0],
        (ImageChannels.Rgba, _) => [3, 0, 1, 2],
        (_, ColorOrder.Rgb) => [2, 1, 0],
        _ => [0, 1, 2],
    };
}


namespace Pix2Pix.Onnx;

/// <summary>Describes how a network represents the images at its input or output.</summary>
/// <param name="Channels">The channels.</param>
/// <param name="Range">The values that represent levels 0 and 255.</param>
/// <param name="Layout">The order of the dimensions.</param>
/// <param name="Order">The order of the color channels.</param>
/// <param name="Type">The <see cref="OnnxType"/> of the values.</param>
internal sealed record PixelEnd(
    ImageChannels Channels,
    ValueRange Range,
    ImageLayout Layout = ImageLayout.ChannelsFirst,
    ColorOrder Order = ColorOrder.Rgb,
    int Type = OnnxType.Float)
{
    /// <summary>Returns the representation that this library's networks use.</summary>
    public static PixelEnd Of(ImageChannels channels) => new(channels, ValueRange.SignedUnit);

    /// <summary>The indices that select this order from alpha, blue, green, red; for color images only.</summary>
    public long[] FromAbgr => (Channels, Order) switch
    {
        (ImageChannels.Rgba, ColorOrder.Rgb) => [3, 2, 1, 0],
        (ImageChannels.Rgba, _) => [1, 2, 3, 0],
        (_, ColorOrder.Rgb) => [3, 2, 1],
        _ => [1, 2, 3],
    };

    /// <summary>The indices that select blue, green, red from this order, preceded by alpha if there is an alpha channel.</summary>
    public long[] ToBgr => (Channels, Order) switch
    {
        (ImageChannels.Rgba, ColorOrder.Rgb) => [3, 2, 1, 0],
        (ImageChannels.Rgba, _) => [3, 0, 1, 2],
        (_, ColorOrder.Rgb) => [2, 1, 0],
        _ => [0, 1, 2],
    };
}

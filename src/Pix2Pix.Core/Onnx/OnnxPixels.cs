using Pix2Pix.Imaging;

namespace Pix2Pix.Onnx;

/// <summary>Images as the bytes that the exported model takes and gives: alpha, blue, green, red of each pixel, row by row.</summary>
public static class OnnxPixels
{
    /// <summary>The bytes of a pixel.</summary>
    public const int Channels = 4;

    /// <summary>The bytes of an image.</summary>
    /// <param name="image">Gray, RGB or RGBA; gray stands in all three colours, and alpha is 255 where the image has none.</param>
    /// <exception cref="ArgumentException">The image has two channels.</exception>
    public static byte[] Pack(PixelImage image) => Reversed(ChannelConversion.ToChannels(image, ImageChannels.Rgba).Pixels);

    /// <summary>The image of these bytes, RGBA.</summary>
    /// <param name="width">The width in pixels.</param>
    /// <param name="height">The height in pixels.</param>
    /// <param name="abgr">The bytes, 4 * width * height of them.</param>
    /// <exception cref="ArgumentException">There are more or fewer bytes.</exception>
    public static PixelImage Unpack(int width, int height, ReadOnlySpan<byte> abgr) => new(width, height, Reversed(abgr), Channels);

    private static byte[] Reversed(ReadOnlySpan<byte> pixels)
    {
        var reversed = new byte[pixels.Length];
        for (var i = 0; i < reversed.Length; i++)
            reversed[i] = pixels[i ^ (Channels - 1)];
        return reversed;
    }
}

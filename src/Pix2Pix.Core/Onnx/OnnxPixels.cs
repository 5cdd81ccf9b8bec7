using Pix2Pix.Imaging;

namespace Pix2Pix.Onnx;

/// <summary>
/// Converts between images and the bytes of the exported model's input and output: alpha, blue, green, red for each pixel, row by row.
/// </summary>
public static class OnnxPixels
{
    /// <summary>The number of bytes per pixel.</summary>
    public const int Channels = 4;

    /// <summary>Converts an image to bytes.</summary>
    /// <param name="image">Gray, RGB or RGBA. Gray is repeated in all three color channels, and alpha is 255 if the image has none.</param>
    /// <exception cref="ArgumentException">The image has two channels.</exception>
    public static byte[] Pack(PixelImage image) => Reversed(ChannelConversion.ToChannels(image, ImageChannels.Rgba).Pixels);

    /// <summary>Converts bytes to an RGBA image.</summary>
    /// <param name="width">The width in pixels.</param>
    /// <param name="height">The height in pixels.</param>
    /// <param name="abgr">The bytes; 4 * width * height in number.</param>
    /// <exception cref="ArgumentException">The number of bytes is different.</exception>
    public static PixelImage Unpack(int width, int height, ReadOnlySpan<byte> abgr) => new(width, height, Reversed(abgr), Channels);

    private static byte[] Reversed(ReadOnlySpan<byte> pixels)
    {
        var reversed = new byte[pixels.Length];
        for (var i = 0; i < reversed.Length; i++)
            reversed[i] = pixels[i ^ (Channels - 1)];
        return reversed;
    }
}

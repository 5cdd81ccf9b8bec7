using Pix2Pix.Imaging;

namespace Pix2Pix.Onnx;

/// <summary>
/// Converts between images and the bytes of the exported model's input and output: alpha, blue, green, red for each pixel, row by row.
/// </summary>
internal static class OnnxPixels
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

/// <summary>The difference between two byte sequences.</summary>
/// <param name="Largest">The largest difference, in levels of 0 to 255.</param>
/// <param name="Share">The share of bytes that differ, from 0 to 1.</param>
internal readonly record struct ByteDifference(int Largest, double Share)
{
    /// <summary>Compares bytes position by position.</summary>
    /// <exception cref="ArgumentException">The sequences differ in length.</exception>
    public static ByteDifference Between(ReadOnlySpan<byte> expected, ReadOnlySpan<byte> actual)
    {
        if (expected.Length != actual.Length)
            throw new ArgumentException($"There are {actual.Length} bytes; expected {expected.Length}.", nameof(actual));
        var (largest, different) = (0, 0);
        for (var i = 0; i < expected.Length; i++)
        {
            largest = Math.Max(largest, Math.Abs(expected[i] - actual[i]));
            different += expected[i] == actual[i] ? 0 : 1;
        }

        return new ByteDifference(largest, expected.Length == 0 ? 0 : different / (double)expected.Length);
    }

    /// <summary>Returns the larger value of each member.</summary>
    public ByteDifference Or(ByteDifference other) => new(Math.Max(Largest, other.Largest), Math.Max(Share, other.Share));
}

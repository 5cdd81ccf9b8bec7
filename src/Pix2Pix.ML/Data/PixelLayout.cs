using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Microsoft.ML.Data;
using Pix2Pix.Imaging;

namespace Pix2Pix.ML.Data;

/// <summary>
/// Converts between the bytes of an <see cref="MLImage"/> (BGRA or RGBA, rows without gaps) and other layouts. ML.NET decodes files to
/// colors premultiplied by alpha and divides by alpha when it saves; here alpha is treated as a separate channel.
/// </summary>
internal static class PixelLayout
{
    private const int BytesPerPixel = 4;

    /// <summary>Converts an image to red, green, blue, alpha.</summary>
    public static PixelImage ToRgba(MLImage image)
    {
        var rgba = Pixels(image).ToArray();
        GC.KeepAlive(image);
        if (image.PixelFormat == MLPixelFormat.Bgra32)
            ExchangeRedAndBlue(rgba);
        return new PixelImage(image.Width, image.Height, rgba, BytesPerPixel);
    }

    /// <summary>Returns one half of an image of even width. The caller owns it.</summary>
    public static MLImage Half(MLImage image, PairSide side)
    {
        var from = Pixels(image);
        var stride = BytesPerPixel * image.Width;
        var half = new byte[from.Length / 2];
        for (var (row, start) = (0, side == PairSide.Left ? 0 : stride / 2); row < half.Length; row += stride / 2, start += stride)
            from.Slice(start, stride / 2).CopyTo(half.AsSpan(row));
        GC.KeepAlive(image);
        return MLImage.CreateFromPixels(image.Width / 2, image.Height, image.PixelFormat, half);
    }

    /// <summary>Creates an image from gray, RGB or RGBA pixels. The caller owns it.</summary>
    public static MLImage FromPixels(PixelImage image)
    {
        byte[] bgra = [.. ChannelConversion.ToChannels(image, ImageChannels.Rgba).Pixels];
        ExchangeRedAndBlue(bgra);
        return MLImage.CreateFromPixels(image.Width, image.Height, MLPixelFormat.Bgra32, bgra);
    }

    /// <summary>
    /// Converts a translation to a standalone picture: one channel if it is gray, without alpha if it is opaque, otherwise with straight
    /// alpha.
    /// </summary>
    public static PixelImage ToPicture(MLImage translation, ImageChannels channels)
    {
        var rgba = ToRgba(translation);
        if (channels == ImageChannels.Rgba)
            return Straight(rgba);
        var isGray = channels is ImageChannels.Gray or ImageChannels.Lightness;
        return ChannelConversion.ToChannels(rgba, isGray ? ImageChannels.Gray : ImageChannels.Rgb);
    }

    /// <summary>
    /// Converts to alpha, blue, green, red for the ONNX model. This is BGRA as a little-endian integer, rotated by one byte.
    /// </summary>
    public static void ToAbgr(MLImage image, Span<byte> abgr)
    {
        var from = MemoryMarshal.Cast<byte, uint>(Pixels(image));
        var to = MemoryMarshal.Cast<byte, uint>(abgr);
        if (image.PixelFormat == MLPixelFormat.Bgra32)
        {
            for (var i = 0; i < from.Length; i++)
                to[i] = BitOperations.RotateLeft(from[i], 8);
        }
        else
        {
            BinaryPrimitives.ReverseEndianness(from, to);
        }

        GC.KeepAlive(image);
    }

    /// <summary>Creates an image from the ONNX model's output, whose bytes are modified in place. The caller owns the image.</summary>
    public static MLImage FromAbgr(int width, int height, Span<byte> abgr)
    {
        var pixels = MemoryMarshal.Cast<byte, uint>(abgr);
        for (var i = 0; i < pixels.Length; i++)
            pixels[i] = BitOperations.RotateRight(pixels[i], 8);
        return MLImage.CreateFromPixels(width, height, MLPixelFormat.Bgra32, abgr); // a copy
    }

    // The native memory is freed with the image, and the span does not keep the image alive: a caller may pass an image without any other
    // reference. Each use therefore ends with GC.KeepAlive(image).
#pragma warning disable RS0030
    private static ReadOnlySpan<byte> Pixels(MLImage image) => image.Pixels;
#pragma warning restore RS0030

    // Colors divided by alpha. Colors greater than alpha, which a network may output, are clipped.
    private static PixelImage Straight(PixelImage rgba)
    {
        for (var i = 0; i < rgba.Pixels.Length; i++)
        {
            int alpha = rgba.Pixels[i | 3];
            if ((i & 3) != 3 && alpha is > 0 and < 255)
                rgba.Pixels[i] = (byte)Math.Min(255, ((rgba.Pixels[i] * 255) + (alpha / 2)) / alpha);
        }

        return rgba;
    }

    private static void ExchangeRedAndBlue(byte[] pixels)
    {
        for (var i = 0; i < pixels.Length; i += BytesPerPixel)
            (pixels[i], pixels[i + 2]) = (pixels[i + 2], pixels[i]);
    }
}

/// <summary>
/// Reports to the garbage collector the native memory of images that cannot be disposed of explicitly. The garbage collector sees only a
/// few bytes of each image, so thousands of them could accumulate.
/// </summary>
internal sealed class NativePressure
{
    private const int BytesPerPixel = 4;

    private static readonly ConditionalWeakTable<MLImage, NativePressure> Pressures = [];

    private readonly long _bytes;

    private NativePressure(long bytes)
    {
        _bytes = bytes;
        GC.AddMemoryPressure(bytes);
    }

    ~NativePressure() => GC.RemoveMemoryPressure(_bytes);

    /// <summary>Returns the same image and counts its pixels until it is collected.</summary>
    public static MLImage Of(MLImage image)
    {
        Add(image, BytesOf(image));
        return image;
    }

    /// <summary>The native memory of an image in bytes.</summary>
    public static long BytesOf(MLImage image) => BytesPerPixel * (long)image.Width * image.Height;

    /// <summary>
    /// Counts bytes until the image is collected. The byte count is a parameter because a disposed image no longer reports its size.
    /// </summary>
    public static void Add(MLImage image, long bytes) => Pressures.Add(image, new NativePressure(bytes));
}

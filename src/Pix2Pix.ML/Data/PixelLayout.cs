using System.Buffers.Binary;
using System.Runtime.InteropServices;
using Microsoft.ML.Data;
using Pix2Pix.Torch.Data;

namespace Pix2Pix.ML.Data;

/// <summary>Where the bytes of an <see cref="MLImage"/> (BGRA or RGBA, rows without gaps) become those of others, and back.</summary>
internal static class PixelLayout
{
    private const int BytesPerPixel = 4;
    private const byte Opaque = 255;

    /// <summary>Red, green, blue; alpha is left out.</summary>
    public static PixelImage ToRgb(MLImage image)
    {
        var source = image.Pixels;
        var (red, blue) = image.PixelFormat == MLPixelFormat.Bgra32 ? (2, 0) : (0, 2);
        var rgb = new byte[image.Width * image.Height * 3];
        for (int from = 0, to = 0; to < rgb.Length; from += BytesPerPixel, to += 3)
        {
            rgb[to] = source[from + red];
            rgb[to + 1] = source[from + 1];
            rgb[to + 2] = source[from + blue];
        }

        return new PixelImage(image.Width, image.Height, rgb);
    }

    /// <summary>
    /// Alpha, blue, green, red, for the ONNX model, which ignores alpha: BGRA moved by one byte is ABGR with a neighbour's alpha.
    /// </summary>
    public static void ToAbgr(MLImage image, Span<byte> abgr)
    {
        var source = image.Pixels;
        if (image.PixelFormat == MLPixelFormat.Bgra32)
        {
            abgr[0] = Opaque;
            source[..^1].CopyTo(abgr[1..]);
        }
        else
        {
            BinaryPrimitives.ReverseEndianness(MemoryMarshal.Cast<byte, uint>(source), MemoryMarshal.Cast<byte, uint>(abgr));
        }
    }

    /// <summary>An opaque image of the ONNX model's output. It belongs to the caller.</summary>
    public static MLImage FromAbgr(int width, int height, ReadOnlySpan<byte> abgr)
    {
        Span<byte> bgra = new byte[abgr.Length];
        abgr[1..].CopyTo(bgra);
        bgra[^1] = Opaque;
        return MLImage.CreateFromPixels(width, height, MLPixelFormat.Bgra32, bgra);
    }
}

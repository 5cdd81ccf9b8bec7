using System.Buffers.Binary;
using Microsoft.ML.Data;
using Pix2Pix.Torch.Data;

namespace Quickstart;

/// <summary>Between files, ML.NET's images (four bytes a pixel) and <see cref="PixelImage"/>.</summary>
internal static class Pictures
{
    /// <summary>Reads an image file.</summary>
    /// <exception cref="InvalidDataException">The file is no image, or ends too early.</exception>
    public static PixelImage Read(string file)
    {
        byte[] bytes = File.ReadAllBytes(file);
        if (IsCutOff(bytes))
            throw new InvalidDataException("the file is cut off.");

        try
        {
            using var image = MLImage.CreateFromStream(new MemoryStream(bytes));
            return ToRgb(image);
        }
        catch (Exception e) when (e is ArgumentException or InvalidOperationException or NullReferenceException)
        {
            throw new InvalidDataException("no image that can be decoded.", e);
        }
    }

    /// <summary>Writes a PNG file.</summary>
    public static void Save(PixelImage image, string file) => SafeFile.Write(file, part =>
    {
        using FileStream png = File.Create(part);
        PngFile.Write(image, png);
    });

    /// <summary>The bytes of a PNG file.</summary>
    public static byte[] ToPng(PixelImage image)
    {
        using MemoryStream png = new();
        PngFile.Write(image, png);
        return png.ToArray();
    }

    /// <summary>A copy for ML.NET; dispose of it.</summary>
    public static MLImage ToMLImage(PixelImage image)
    {
        byte[] rgba = new byte[image.Width * image.Height * 4];
        for (int from = 0, to = 0; to < rgba.Length; from += 3, to += 4)
        {
            image.Pixels.AsSpan(from, 3).CopyTo(rgba.AsSpan(to));
            rgba[to + 3] = byte.MaxValue;
        }

        return MLImage.CreateFromPixels(image.Width, image.Height, MLPixelFormat.Rgba32, rgba);
    }

    /// <summary>A copy without alpha.</summary>
    public static PixelImage ToRgb(MLImage image)
    {
        ReadOnlySpan<byte> pixels = image.Pixels;
        var (red, blue) = image.PixelFormat == MLPixelFormat.Rgba32 ? (0, 2) : (2, 0);
        var rgb = new PixelImage(image.Width, image.Height);
        for (int from = 0, to = 0; from < pixels.Length; from += 4, to += 3)
            (rgb.Pixels[to], rgb.Pixels[to + 1], rgb.Pixels[to + 2]) = (pixels[from + red], pixels[from + 1], pixels[from + blue]);
        return rgb;
    }

    // The decoder takes half an image without a word; its end marker tells.
    private static bool IsCutOff(ReadOnlySpan<byte> bytes) => bytes switch
    {
        [0xFF, 0xD8, ..] => JpegScan(bytes).IndexOf([(byte)0xFF, (byte)0xD9]) < 0,
        [0x89, (byte)'P', (byte)'N', (byte)'G', ..] => bytes.LastIndexOf("IEND"u8) < 0,
        _ => false,
    };

    // What follows the segments with headers and thumbnails: each is FF, its kind, its length in two bytes; DA starts the scan.
    private static ReadOnlySpan<byte> JpegScan(ReadOnlySpan<byte> jpeg)
    {
        int at = 2;
        while (at + 4 <= jpeg.Length && jpeg[at] == 0xFF && jpeg[at + 1] != 0xDA)
            at += 2 + BinaryPrimitives.ReadUInt16BigEndian(jpeg[(at + 2)..]);
        return jpeg[Math.Min(at, jpeg.Length)..];
    }

    /// <summary>Cut around the centre to a square and resized, as the estimator does it before training.</summary>
    public static PixelImage ToSize(PixelImage image, int size) =>
        ImageResizer.Resize(ImageResizer.CropToAspect(image, size, size), size, size);
}

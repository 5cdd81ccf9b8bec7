using System.Security.Cryptography;
using Microsoft.ML;
using Microsoft.ML.Data;
using Pix2Pix;
using Pix2Pix.ML.Data;
using SkiaSharp;

namespace HostileFiles;

/// <summary>Image files, read by a loader or translated, in turns.</summary>
internal sealed class ImageKind : FileKind
{
    private readonly MLContext _mlContext = new();
    private readonly Pix2PixTransformer _model;

    private ImageKind(Pix2PixTransformer model, bool isChecked, params (string Name, byte[] Content)[] originals)
        => (_model, IsChecked, Originals) = (model, isChecked, originals);

    public override IReadOnlyList<(string Name, byte[] Content)> Originals { get; }

    public override bool IsChecked { get; }

    public static ImageKind Png(Pix2PixTransformer model) => new(
        model,
        isChecked: true,
        ("rgb.png", Encoded(SKEncodedImageFormat.Png, SKAlphaType.Opaque)),
        ("rgba.png", Encoded(SKEncodedImageFormat.Png, SKAlphaType.Unpremul)));

    public static ImageKind Jpeg(Pix2PixTransformer model)
        => new(model, isChecked: false, ("photo.jpg", Encoded(SKEncodedImageFormat.Jpeg, SKAlphaType.Opaque)));

    public static ImageKind Webp(Pix2PixTransformer model) => new(
        model,
        isChecked: false,
        ("opaque.webp", Encoded(SKEncodedImageFormat.Webp, SKAlphaType.Opaque)),
        ("alpha.webp", Encoded(SKEncodedImageFormat.Webp, SKAlphaType.Unpremul)));

    public static ImageKind Gif(Pix2PixTransformer model) => new(model, isChecked: false, ("palette.gif", RawImages.Gif(24, 20)));

    public static ImageKind Bmp(Pix2PixTransformer model) => new(model, isChecked: false, ("rows.bmp", RawImages.Bmp(24, 20)));

    public override string Read(string path, int seed)
    {
        if (seed % 2 == 0)
        {
            var png = Path.ChangeExtension(path, ".translation.png");
            _model.TranslateFile(path, png);
            return "translation " + Convert.ToHexString(SHA256.HashData(File.ReadAllBytes(png)));
        }

        var view = _mlContext.ImageTranslation.LoadImages(Path.GetDirectoryName(path)!);
        var column = view.Schema["Photo"];
        using var cursor = view.GetRowCursor([column]);
        var getter = cursor.GetGetter<MLImage>(column);
        MLImage image = null!;
        cursor.MoveNext();
        getter(ref image);
        using (image)
            return $"image {image.Width}x{image.Height} {Convert.ToHexString(SHA256.HashData(image.Pixels))}";
    }

    public override bool IsDocumented(Exception exception) => exception is PairDataException or InvalidDataException;

    private static byte[] Encoded(SKEncodedImageFormat format, SKAlphaType alpha)
    {
        using var bitmap = new SKBitmap(new SKImageInfo(40, 30, SKColorType.Rgba8888, alpha));
        for (var y = 0; y < bitmap.Height; y++)
        {
            for (var x = 0; x < bitmap.Width; x++)
                bitmap.SetPixel(x, y, new SKColor((byte)(x * 6), (byte)(y * 8), (byte)(x * y), (byte)(255 - (4 * x))));
        }

        using var data = bitmap.Encode(format, 80);
        return data.ToArray();
    }
}

/// <summary>Formats that SkiaSharp reads but does not write.</summary>
internal static class RawImages
{
    /// <summary>24 bits per pixel, rows padded to four bytes.</summary>
    public static byte[] Bmp(int width, int height)
    {
        using var stream = new MemoryStream();
        using var writer = new BinaryWriter(stream);
        var stride = ((width * 3) + 3) / 4 * 4;
        writer.Write("BM"u8);
        writer.Write(54 + (stride * height));
        writer.Write(0);
        writer.Write(54); // the offset of the pixels
        writer.Write(40); // the length of the header
        writer.Write(width);
        writer.Write(height);
        writer.Write((short)1);
        writer.Write((short)24);
        writer.Write(new byte[24]);
        for (var i = 0; i < stride * height; i++)
            writer.Write((byte)(i * 7));
        return stream.ToArray();
    }

    /// <summary>
    /// Codes of eight bits for 128 colors: with a clear code before the table grows past 8 bits, each code is a literal.
    /// </summary>
    public static byte[] Gif(int width, int height)
    {
        const int Colors = 128, Clear = Colors, End = Colors + 1, Run = 100;
        using var stream = new MemoryStream();
        using var writer = new BinaryWriter(stream);
        writer.Write("GIF89a"u8);
        writer.Write((short)width);
        writer.Write((short)height);
        writer.Write([0xF6, 0, 0]);
        for (var i = 0; i < Colors; i++)
            writer.Write([(byte)(2 * i), (byte)(255 - i), (byte)(i * 5)]);
        writer.Write([0x2C, 0, 0, 0, 0]);
        writer.Write((short)width);
        writer.Write((short)height);
        writer.Write([0, 7]);
        var codes = new List<byte>();
        for (var i = 0; i < width * height; i++)
        {
            if (i % Run == 0)
                codes.Add(Clear);
            codes.Add((byte)(i * 3 % Colors));
        }

        codes.Add(End);
        foreach (var block in codes.Chunk(255))
        {
            writer.Write((byte)block.Length);
            writer.Write(block);
        }

        writer.Write([0, 0x3B]);
        return stream.ToArray();
    }
}

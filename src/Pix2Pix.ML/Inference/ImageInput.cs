using Microsoft.ML.Data;
using Pix2Pix.Imaging;
using Pix2Pix.ML.Data;
using Pix2Pix.Onnx;

namespace Pix2Pix.ML.Inference;

/// <summary>Converts images of any size to the bytes that a generator takes. Not thread-safe; use one per row or thread.</summary>
internal sealed class ImageInput : IDisposable
{
    private readonly OnnxGenerator _generator;
    private StockResizer? _resizer;

    public ImageInput(OnnxGenerator generator) => _generator = generator;

    /// <summary>Writes the image to the slot. The image is neither modified nor kept.</summary>
    public void Read(MLImage image, ImageSlot slot)
    {
        var shape = _generator.Shape;
        switch (_generator.Sizing.Kind)
        {
            case ImageSizing.Tiles:
                slot.Make(image, image.Width, image.Height);
                PixelLayout.ToAbgr(image, slot.Pixels.Span);
                break;
            case ImageSizing.OriginalSize:
                slot.Make(image, shape.Fitting(image.Width), shape.Fitting(image.Height));
                Mirrored(image, slot);
                break;
            case ImageSizing.StretchAndRestore:
                slot.Make(image, shape.Width, shape.Height);
                OnnxPixels.Pack(Stretched(image)).CopyTo(slot.Pixels);
                break;
            default:
                slot.Make(image, shape.Width, shape.Height);
                AtModelSize(image, slot.Pixels.Span);
                break;
        }
    }

    public void Dispose() => _resizer?.Dispose();

    private void AtModelSize(MLImage image, Span<byte> abgr)
    {
        if (image.Width == _generator.Shape.Width && image.Height == _generator.Shape.Height)
        {
            PixelLayout.ToAbgr(image, abgr);
            return;
        }

        _resizer ??= new StockResizer(_generator);
        using var resized = _resizer.Resize(image);
        PixelLayout.ToAbgr(resized, abgr);
    }

    private PixelImage Stretched(MLImage image) => ImageResizer.Resize(
        PixelLayout.ToRgba(image), _generator.Shape.Width, _generator.Shape.Height, _generator.Preprocessing.InputKernel);

    private static void Mirrored(MLImage image, ImageSlot slot)
    {
        var whole = new byte[AbgrImage.Length(image.Width, image.Height)];
        PixelLayout.ToAbgr(image, whole);
        new AbgrImage(whole, image.Width, image.Height).Cut(0, 0, slot.Width, slot.Height, slot.Pixels.Span);
    }
}

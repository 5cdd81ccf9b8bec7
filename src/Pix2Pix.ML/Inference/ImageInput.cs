using Microsoft.ML.Data;
using Pix2Pix.ML.Data;
using Pix2Pix.Torch.Data;
using Pix2Pix.Torch.Networks;
using Pix2Pix.Torch.Onnx;

namespace Pix2Pix.ML.Inference;

/// <summary>Makes images of any size the bytes that a generator takes. Not thread-safe: one for each row or thread.</summary>
internal sealed class ImageInput : IDisposable
{
    private readonly OnnxGenerator _generator;
    private StockResizer? _resizer;

    public ImageInput(OnnxGenerator generator) => _generator = generator;

    /// <summary>Puts the image into the slot. It is neither changed nor kept.</summary>
    public void Read(MLImage image, ImageSlot slot)
    {
        var model = _generator.Generator;
        switch (_generator.Sizing.Kind)
        {
            case ImageSizing.Tiles:
                slot.Make(image, image.Width, image.Height);
                PixelLayout.ToAbgr(image, slot.Pixels.Span);
                break;
            case ImageSizing.OwnSize:
                slot.Make(image, SidesOf(model).Fitting(image.Width), SidesOf(model).Fitting(image.Height));
                Mirrored(image, slot);
                break;
            case ImageSizing.StretchAndBack:
                slot.Make(image, model.Width, model.Height);
                OnnxPixels.Pack(Stretched(image)).CopyTo(slot.Pixels);
                break;
            default:
                slot.Make(image, model.Width, model.Height);
                AtModelSize(image, slot.Pixels.Span);
                break;
        }
    }

    public void Dispose() => _resizer?.Dispose();

    private static Sides SidesOf(GeneratorOptions model) => model.Kind == GeneratorKind.ResNet ? new(4, 8) : new(model.Size, model.Size);

    private void AtModelSize(MLImage image, Span<byte> abgr)
    {
        if (image.Width == _generator.Generator.Width && image.Height == _generator.Generator.Height)
        {
            PixelLayout.ToAbgr(image, abgr);
            return;
        }

        _resizer ??= new StockResizer(_generator);
        using var resized = _resizer.Resize(image);
        PixelLayout.ToAbgr(resized, abgr);
    }

    private PixelImage Stretched(MLImage image) => ImageResizer.Resize(
        PixelLayout.ToRgba(image), _generator.Generator.Width, _generator.Generator.Height, _generator.Preprocessing.InputKernel);

    private static void Mirrored(MLImage image, ImageSlot slot)
    {
        var whole = new byte[4 * image.Width * image.Height];
        PixelLayout.ToAbgr(image, whole);
        new AbgrImage(whole, image.Width, image.Height).Cut(0, 0, slot.Width, slot.Height, slot.Pixels.Span);
    }

    /// <summary>The sides that a network takes: multiples of a step, from a least one on.</summary>
    private readonly record struct Sides(int Step, int Least)
    {
        public int Fitting(int side) => Math.Max(Least, checked((side + Step - 1) / Step * Step));
    }
}

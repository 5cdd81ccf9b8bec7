using System.Collections.Concurrent;
using Microsoft.ML.Data;
using Pix2Pix.Imaging;
using Pix2Pix.ML.Data;
using Pix2Pix.Onnx;

namespace Pix2Pix.ML.Inference;

/// <summary>Translates single images with its own buffers. Not thread-safe; use one per row.</summary>
internal sealed class ImageTranslator : IDisposable
{
    private readonly OnnxGenerator _generator;
    private readonly ImageInput _input;
    private readonly ImageSlot _slot = new();

    public ImageTranslator(OnnxGenerator generator)
    {
        _generator = generator;
        _input = new ImageInput(generator);
    }

    /// <summary>Returns a new image, which the caller owns. The given image is neither modified nor kept.</summary>
    public MLImage Translate(MLImage image)
    {
        _input.Read(image, _slot);
        return SizedTranslation.Translate(_generator, _slot);
    }

    public void Dispose() => _input.Dispose();
}

/// <summary>Converts the network output for an <see cref="ImageSlot"/> to an image, according to the generator's sizing.</summary>
internal static class SizedTranslation
{
    /// <summary>Whether images have a common size in the network, so that several can be translated in one run.</summary>
    public static bool IsBatched(OnnxGenerator generator)
        => generator.Sizing.Kind is ImageSizing.ModelSize or ImageSizing.StretchAndRestore;

    /// <summary>Translates one image; the caller owns the result.</summary>
    public static MLImage Translate(OnnxGenerator generator, ImageSlot slot)
    {
        if (generator.Sizing.Kind == ImageSizing.Tiles)
            new TileTranslator(generator, new AbgrImage(slot.Pixels, slot.Width, slot.Height)).Translate(slot.Output.Span);
        else
            generator.Translate(slot.Pixels, slot.Output, slot.Width, slot.Height, count: 1);
        return Finish(generator, slot, slot.Output);
    }

    /// <summary>Creates the translation of an image from the network's output bytes, which are modified.</summary>
    public static MLImage Finish(OnnxGenerator generator, ImageSlot slot, Memory<byte> output)
    {
        var (width, height) = (slot.SourceWidth, slot.SourceHeight);
        switch (generator.Sizing.Kind)
        {
            case ImageSizing.StretchAndRestore:
                var small = OnnxPixels.Unpack(slot.Width, slot.Height, output.Span);
                return NativePressure.Of(PixelLayout.FromPixels(ImageResizer.Resize(small, width, height)));
            case ImageSizing.OriginalSize:
                var part = new byte[4 * width * height];
                new AbgrImage(output, slot.Width, slot.Height).Cut(0, 0, width, height, part);
                return Picture(width, height, part);
            default:
                return Picture(slot.Width, slot.Height, output.Span);
        }
    }

    private static MLImage Picture(int width, int height, Span<byte> abgr)
        => NativePressure.Of(PixelLayout.FromAbgr(width, height, abgr));
}

/// <summary>
/// A pool of translators, each with its own buffers and fitted resizer. Thread-safe; it contains as many translators as there were
/// concurrent translations.
/// </summary>
internal sealed class TranslatorPool : IDisposable
{
    private readonly OnnxGenerator _generator;
    private readonly ConcurrentBag<ImageTranslator> _idle = [];

    public TranslatorPool(OnnxGenerator generator) => _generator = generator;

    /// <summary>Returns a new image, which the caller owns.</summary>
    public MLImage Translate(MLImage image)
    {
        var translator = _idle.TryTake(out var idle) ? idle : new ImageTranslator(_generator);
        try
        {
            return translator.Translate(image);
        }
        finally
        {
            // Translators of images that keep their own size may have large buffers, so they are not pooled.
            if (SizedTranslation.IsBatched(_generator) && !_generator.IsDisposed)
                _idle.Add(translator);
            else
                translator.Dispose();
        }
    }

    public void Dispose()
    {
        while (_idle.TryTake(out var translator))
            translator.Dispose();
    }
}

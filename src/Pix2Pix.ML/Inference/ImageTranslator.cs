using Microsoft.ML.Data;

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

using Microsoft.ML.Data;

namespace Pix2Pix.ML.Inference;

/// <summary>One image in, one image out, with buffers of its own. Not thread-safe: one for each row.</summary>
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

    /// <summary>A new image, which belongs to the caller. The given one is neither changed nor kept.</summary>
    public MLImage Translate(MLImage image)
    {
        _input.Read(image, _slot);
        return SizedTranslation.Translate(_generator, _slot);
    }

    public void Dispose() => _input.Dispose();
}

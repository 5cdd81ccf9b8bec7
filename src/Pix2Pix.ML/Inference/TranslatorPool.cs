using System.Collections.Concurrent;
using Microsoft.ML.Data;

namespace Pix2Pix.ML.Inference;

/// <summary>
/// Translators that wait for the next image: each has buffers and a fitted resizer. Thread-safe; as many as threads have translated at a
/// time.
/// </summary>
internal sealed class TranslatorPool : IDisposable
{
    private readonly OnnxGenerator _generator;
    private readonly ConcurrentBag<ImageTranslator> _idle = [];

    public TranslatorPool(OnnxGenerator generator) => _generator = generator;

    /// <summary>A new image, which belongs to the caller.</summary>
    public MLImage Translate(MLImage image)
    {
        var translator = _idle.TryTake(out var idle) ? idle : new ImageTranslator(_generator);
        try
        {
            return translator.Translate(image);
        }
        finally
        {
            // The buffers of images that keep their own size may be large: they go.
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

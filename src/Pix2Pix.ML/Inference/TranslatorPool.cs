using System.Collections.Concurrent;
using Microsoft.ML.Data;

namespace Pix2Pix.ML.Inference;

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

using Microsoft.ML.Data;
using Pix2Pix.ML.Data;

namespace Pix2Pix.ML.Inference;

/// <summary>Makes images of any size the bytes that a generator takes. Not thread-safe: one for each row or thread.</summary>
internal sealed class ImageInput : IDisposable
{
    private readonly OnnxGenerator _generator;
    private StockResizer? _resizer;

    public ImageInput(OnnxGenerator generator) => _generator = generator;

    /// <summary>Writes the image at the generator's size, as ABGR. The image is neither changed nor kept.</summary>
    public void Write(MLImage image, Span<byte> abgr)
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

    public void Dispose() => _resizer?.Dispose();
}

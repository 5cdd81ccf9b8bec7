using Microsoft.ML.Data;
using Pix2Pix.ML.Data;

namespace Pix2Pix.ML.Inference;

/// <summary>One image in, one image out, with buffers of its own. Not thread-safe: one for each row or cursor.</summary>
internal sealed class ImageTranslator : IDisposable
{
    private readonly OnnxGenerator _generator;
    private readonly byte[] _input;
    private readonly byte[] _output;
    private StockResizer? _resizer;

    public ImageTranslator(OnnxGenerator generator)
    {
        _generator = generator;
        _input = new byte[generator.ImageLength];
        _output = new byte[generator.ImageLength];
    }

    /// <summary>A new image of the generator's size, which belongs to the caller. The given one is neither changed nor kept.</summary>
    public MLImage Translate(MLImage image)
    {
        var (width, height) = (_generator.Generator.Width, _generator.Generator.Height);
        if (image.Width == width && image.Height == height)
        {
            PixelLayout.ToAbgr(image, _input);
        }
        else
        {
            _resizer ??= new StockResizer(_generator);
            using var resized = _resizer.Resize(image);
            PixelLayout.ToAbgr(resized, _input);
        }

        _generator.Translate(_input, _output);
        return PixelLayout.FromAbgr(width, height, _output);
    }

    public void Dispose() => _resizer?.Dispose();
}

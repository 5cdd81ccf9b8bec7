using Microsoft.ML.Data;

namespace Pix2Pix.ML.Inference;

/// <summary>One image in, one image out, with buffers of its own. Not thread-safe: one for each row.</summary>
internal sealed class ImageTranslator : IDisposable
{
    private readonly OnnxGenerator _generator;
    private readonly ImageInput _images;
    private readonly byte[] _input;
    private readonly byte[] _output;

    public ImageTranslator(OnnxGenerator generator)
    {
        _generator = generator;
        _images = new ImageInput(generator);
        _input = new byte[generator.ImageLength];
        _output = new byte[generator.ImageLength];
    }

    /// <summary>A new image of the generator's size, which belongs to the caller. The given one is neither changed nor kept.</summary>
    public MLImage Translate(MLImage image)
    {
        _images.Write(image, _input);
        _generator.Translate(_input, _output);
        return _generator.Image(_output);
    }

    public void Dispose() => _images.Dispose();
}

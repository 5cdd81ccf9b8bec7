using Microsoft.ML;
using Microsoft.ML.Data;

namespace Pix2Pix.ML.Inference;

/// <summary>Translates a row's image when it is asked for.</summary>
internal sealed class RowTranslation : ITranslations
{
    private readonly ImageTranslator _translator;
    private readonly ValueGetter<MLImage> _image;

    // ML.NET's loaders dispose of the image that they are given back; a fresh variable for each row would leave decoded images to the
    // garbage collector, which does not see their native memory.
    private MLImage? _source;

    public RowTranslation(DataViewRow source, DataViewSchema.Column column, OnnxGenerator generator)
    {
        _image = source.GetGetter<MLImage>(column);
        _translator = new ImageTranslator(generator);
    }

    public MLImage? Current()
    {
        _image(ref _source!);
        return _source is null ? null : _translator.Translate(_source);
    }

    public void Dispose() => _translator.Dispose();
}

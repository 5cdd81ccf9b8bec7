using Microsoft.ML;
using Microsoft.ML.Data;

namespace Pix2Pix.ML.Inference;

/// <summary>The getters of a row or cursor: the source's, and one that translates.</summary>
internal sealed class TranslatingGetters : IDisposable
{
    private readonly DataViewRow _source;
    private readonly TranslationSchema _schema;
    private readonly ImageTranslator _translator;

    public TranslatingGetters(DataViewRow source, TranslationSchema schema, OnnxGenerator generator)
    {
        _source = source;
        _schema = schema;
        _translator = new ImageTranslator(generator);
    }

    public bool IsActive(DataViewSchema.Column column)
        => _source.IsColumnActive(column.Index == _schema.OutputIndex ? _schema.InputColumn : _schema.Input[column.Index]);

    public ValueGetter<TValue> Get<TValue>(DataViewSchema.Column column)
    {
        if (column.Index != _schema.OutputIndex)
            return _source.GetGetter<TValue>(_schema.Input[column.Index]);

        var image = _source.GetGetter<MLImage>(_schema.InputColumn);
        // The value that a consumer passes in stays its own: it may still hold the one of the row before.
        ValueGetter<MLImage> translation = (ref MLImage value) =>
        {
            MLImage source = null!;
            image(ref source);
            value = source is null ? null! : _translator.Translate(source);
        };
        return translation as ValueGetter<TValue> ?? throw new InvalidOperationException(
            $"Column '{column.Name}' holds MLImage, not {typeof(TValue).Name}.");
    }

    public void Dispose() => _translator.Dispose();
}

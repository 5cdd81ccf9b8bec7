using Microsoft.ML;
using Microsoft.ML.Data;

namespace Pix2Pix.ML.Inference;

/// <summary>The getters of a row or cursor: the source's, and one that translates where the translations were asked for.</summary>
internal sealed class TranslatingGetters : IDisposable
{
    private readonly DataViewRow _source;
    private readonly TranslationSchema _schema;
    private readonly ImageTranslator? _translator;

    public TranslatingGetters(DataViewRow source, TranslationSchema schema, OnnxGenerator generator, bool translates)
    {
        _source = source;
        _schema = schema;
        _translator = translates ? new ImageTranslator(generator) : null;
    }

    public bool IsActive(DataViewSchema.Column column)
        => _schema.IsOutput(column) ? _translator is not null : _source.IsColumnActive(_schema.Input[column.Index]);

    public ValueGetter<TValue> Get<TValue>(DataViewSchema.Column column)
    {
        if (!_schema.IsOutput(column))
            return _source.GetGetter<TValue>(_schema.Input[column.Index]);
        if (_translator is not { } translator)
            throw new InvalidOperationException($"Column '{column.Name}' is not active: it was not asked for when the cursor was made.");

        var image = _source.GetGetter<MLImage>(_schema.InputColumn);
        // ML.NET's loaders dispose of the image that they are given back; a fresh variable for each row would leave decoded images to the
        // garbage collector, which does not see their native memory.
        MLImage source = null!;
        // The value that a consumer passes in stays its own: it may still hold the one of the row before.
        ValueGetter<MLImage> translation = (ref MLImage value) =>
        {
            image(ref source);
            value = source is null ? null! : translator.Translate(source);
        };
        return translation as ValueGetter<TValue> ?? throw new InvalidOperationException(
            $"Column '{column.Name}' holds MLImage, not {typeof(TValue).Name}.");
    }

    public void Dispose() => _translator?.Dispose();
}

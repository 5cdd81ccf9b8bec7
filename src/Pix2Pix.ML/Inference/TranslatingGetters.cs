using Microsoft.ML;
using Microsoft.ML.Data;

namespace Pix2Pix.ML.Inference;

/// <summary>The getters of a row or cursor: the source's, and one that translates where the translations were asked for.</summary>
internal sealed class TranslatingGetters : IDisposable
{
    private readonly DataViewRow _source;
    private readonly TranslationSchema _schema;
    private readonly ITranslations? _translations;

    /// <param name="source">The row.</param>
    /// <param name="schema">Its schema with the column of translations.</param>
    /// <param name="translations">The row's; null where they were not asked for.</param>
    public TranslatingGetters(DataViewRow source, TranslationSchema schema, ITranslations? translations)
    {
        _source = source;
        _schema = schema;
        _translations = translations;
    }

    public bool IsActive(DataViewSchema.Column column)
        => _schema.IsOutput(column) ? _translations is not null : _source.IsColumnActive(_schema.Input[column.Index]);

    public ValueGetter<TValue> Get<TValue>(DataViewSchema.Column column)
    {
        if (!_schema.IsOutput(column))
            return _source.GetGetter<TValue>(_schema.Input[column.Index]);
        if (_translations is not { } translations)
            throw new InvalidOperationException($"Column '{column.Name}' is not active: it was not asked for when the cursor was made.");

        // The value that a consumer passes in stays its own: it may still hold the one of the row before.
        ValueGetter<MLImage> translation = (ref MLImage value) => value = translations.Current()!;
        return translation as ValueGetter<TValue> ?? throw new InvalidOperationException(
            $"Column '{column.Name}' holds MLImage, not {typeof(TValue).Name}.");
    }

    public void Dispose() => _translations?.Dispose();
}

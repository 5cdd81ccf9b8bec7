using Microsoft.ML;
using Microsoft.ML.Data;

namespace Pix2Pix.ML.Inference;

/// <summary>A row with its translation: what a PredictionEngine asks for.</summary>
internal sealed class TranslatingRow : DataViewRow
{
    private readonly DataViewRow _source;
    private readonly TranslatingGetters _getters;

    public TranslatingRow(DataViewRow source, TranslationSchema schema, OnnxGenerator generator, bool translates)
    {
        _source = source;
        _getters = new TranslatingGetters(
            source, schema, translates ? new RowTranslation(source, schema.InputColumn, generator) : null);
        Schema = schema.Output;
    }

    public override DataViewSchema Schema { get; }

    public override long Position => _source.Position;

    public override long Batch => _source.Batch;

    public override bool IsColumnActive(DataViewSchema.Column column) => _getters.IsActive(column);

    public override ValueGetter<TValue> GetGetter<TValue>(DataViewSchema.Column column) => _getters.Get<TValue>(column);

    public override ValueGetter<DataViewRowId> GetIdGetter() => _source.GetIdGetter();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _getters.Dispose();
            _source.Dispose();
        }

        base.Dispose(disposing);
    }
}

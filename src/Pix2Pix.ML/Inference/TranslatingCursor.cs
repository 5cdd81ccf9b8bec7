using Microsoft.ML;
using Microsoft.ML.Data;

namespace Pix2Pix.ML.Inference;

/// <summary>A cursor whose translations are made in batches, of images that are read ahead.</summary>
internal sealed class TranslatingCursor : DataViewRowCursor
{
    private readonly DataViewRowCursor _source;
    private readonly BatchedTranslations? _translations;
    private readonly TranslatingGetters _getters;

    /// <param name="source">The rows. It belongs to this cursor.</param>
    /// <param name="schema">Their schema with the column of translations.</param>
    /// <param name="open">Opens a second cursor over the same rows, at a row, for their images; null where none are translated.</param>
    public TranslatingCursor(DataViewRowCursor source, TranslationSchema schema, Func<long, BatchesAhead>? open)
    {
        _source = source;
        _translations = open is null ? null : new BatchedTranslations(source, open);
        _getters = new TranslatingGetters(source, schema, _translations);
        Schema = schema.Output;
    }

    public override DataViewSchema Schema { get; }

    public override long Position => _source.Position;

    public override long Batch => _source.Batch;

    public override bool MoveNext()
    {
        var toRow = _source.MoveNext();
        _translations?.Moved(toRow);
        return toRow;
    }

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

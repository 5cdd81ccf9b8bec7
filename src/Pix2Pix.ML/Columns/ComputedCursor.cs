using Microsoft.ML;
using Microsoft.ML.Data;

namespace Pix2Pix.ML.Columns;

/// <summary>A cursor with a computed column.</summary>
internal sealed class ComputedCursor : DataViewRowCursor
{
    private readonly DataViewRowCursor _source;
    private readonly IRowImages? _images;
    private readonly ComputedGetters _getters;

    /// <param name="source">The source rows. The cursor owns them.</param>
    /// <param name="schema">The schema of the source with the computed column.</param>
    /// <param name="images">The computed images, which the cursor owns as well; null if they were not requested.</param>
    public ComputedCursor(DataViewRowCursor source, ComputedSchema schema, IRowImages? images)
    {
        _source = source;
        _images = images;
        _getters = new ComputedGetters(source, schema, images);
        Schema = schema.Output;
    }

    public override DataViewSchema Schema { get; }

    public override long Position => _source.Position;

    public override long Batch => _source.Batch;

    public override bool MoveNext()
    {
        var toRow = _source.MoveNext();
        _images?.Moved(toRow);
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

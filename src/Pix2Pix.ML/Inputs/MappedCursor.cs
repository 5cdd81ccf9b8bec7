using Microsoft.ML;
using Microsoft.ML.Data;

namespace Pix2Pix.ML.Inputs;

/// <summary>A cursor with a computed column.</summary>
internal sealed class MappedCursor : DataViewRowCursor
{
    private readonly DataViewRowCursor _source;
    private readonly MappedGetters _getters;

    public MappedCursor(DataViewRowCursor source, MappedSchema schema, bool computes)
    {
        _source = source;
        _getters = new MappedGetters(source, schema, computes);
        Schema = schema.Output;
    }

    public override DataViewSchema Schema { get; }

    public override long Position => _source.Position;

    public override long Batch => _source.Batch;

    public override bool MoveNext() => _source.MoveNext();

    public override bool IsColumnActive(DataViewSchema.Column column) => _getters.IsActive(column);

    public override ValueGetter<TValue> GetGetter<TValue>(DataViewSchema.Column column) => _getters.Get<TValue>(column);

    public override ValueGetter<DataViewRowId> GetIdGetter() => _source.GetIdGetter();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            _source.Dispose();
        base.Dispose(disposing);
    }
}

using Microsoft.ML;
using Microsoft.ML.Data;

namespace Pix2Pix.ML.Columns;

/// <summary>A row with a computed column, as requested by a PredictionEngine.</summary>
internal sealed class ComputedRow : DataViewRow
{
    private readonly DataViewRow _source;
    private readonly ComputedGetters _getters;

    public ComputedRow(DataViewRow source, ComputedSchema schema, IRowImages? images)
    {
        _source = source;
        _getters = new ComputedGetters(source, schema, images);
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

using Microsoft.ML;
using Pix2Pix.ML.Columns;

namespace Pix2Pix.ML.Preprocessing;

/// <summary>A view with a computed column.</summary>
internal sealed class MappedView : IDataView
{
    private readonly IDataView _source;
    private readonly ComputedSchema _schema;
    private readonly ImageMapping _mapping;

    public MappedView(IDataView source, ComputedSchema schema, ImageMapping mapping)
        => (_source, _schema, _mapping) = (source, schema, mapping);

    public bool CanShuffle => _source.CanShuffle;

    public DataViewSchema Schema => _schema.Output;

    public long? GetRowCount() => _source.GetRowCount();

    public DataViewRowCursor GetRowCursor(IEnumerable<DataViewSchema.Column> columnsNeeded, Random? rand = null)
    {
        DataViewSchema.Column[] needed = [.. columnsNeeded];
        return Computed(_source.GetRowCursor(_schema.Dependencies(needed), rand), needed);
    }

    public DataViewRowCursor[] GetRowCursorSet(IEnumerable<DataViewSchema.Column> columnsNeeded, int n, Random? rand = null)
    {
        DataViewSchema.Column[] needed = [.. columnsNeeded];
        return [.. _source.GetRowCursorSet(_schema.Dependencies(needed), n, rand).Select(cursor => Computed(cursor, needed))];
    }

    private ComputedCursor Computed(DataViewRowCursor rows, DataViewSchema.Column[] needed)
        => new(rows, _schema, needed.Any(_schema.IsComputed) ? _mapping.Of(rows, _schema) : null);
}

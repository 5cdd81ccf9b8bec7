using Microsoft.ML;

namespace Pix2Pix.ML.Inputs;

/// <summary>A view with a computed column.</summary>
internal sealed class MappedView : IDataView
{
    private readonly IDataView _source;
    private readonly MappedSchema _schema;

    public MappedView(IDataView source, MappedSchema schema) => (_source, _schema) = (source, schema);

    public bool CanShuffle => _source.CanShuffle;

    public DataViewSchema Schema => _schema.Output;

    public long? GetRowCount() => _source.GetRowCount();

    public DataViewRowCursor GetRowCursor(IEnumerable<DataViewSchema.Column> columnsNeeded, Random? rand = null)
    {
        DataViewSchema.Column[] needed = [.. columnsNeeded];
        return new MappedCursor(_source.GetRowCursor(_schema.GetDependencies(needed), rand), _schema, needed.Any(_schema.IsComputed));
    }

    public DataViewRowCursor[] GetRowCursorSet(IEnumerable<DataViewSchema.Column> columnsNeeded, int n, Random? rand = null)
    {
        DataViewSchema.Column[] needed = [.. columnsNeeded];
        return [.. _source.GetRowCursorSet(_schema.GetDependencies(needed), n, rand)
            .Select(cursor => new MappedCursor(cursor, _schema, needed.Any(_schema.IsComputed)))];
    }
}

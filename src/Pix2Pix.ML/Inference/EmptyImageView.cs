using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Transforms.Image;

namespace Pix2Pix.ML.Inference;

/// <summary>A view with one column of images and no rows: what stock transforms need to be fitted, although they learn nothing.</summary>
internal sealed class EmptyImageView : IDataView
{
    public EmptyImageView(string columnName)
    {
        var builder = new DataViewSchema.Builder();
        builder.AddColumn(columnName, new ImageDataViewType());
        Schema = builder.ToSchema();
    }

    public bool CanShuffle => false;

    public DataViewSchema Schema { get; }

    public long? GetRowCount() => 0;

    public DataViewRowCursor GetRowCursor(IEnumerable<DataViewSchema.Column> columnsNeeded, Random? rand = null)
        => new NoRows(Schema);

    public DataViewRowCursor[] GetRowCursorSet(IEnumerable<DataViewSchema.Column> columnsNeeded, int n, Random? rand = null)
        => [GetRowCursor(columnsNeeded, rand)];

    private sealed class NoRows : DataViewRowCursor
    {
        public NoRows(DataViewSchema schema) => Schema = schema;

        public override long Position => -1;

        public override long Batch => 0;

        public override DataViewSchema Schema { get; }

        public override bool MoveNext() => false;

        public override bool IsColumnActive(DataViewSchema.Column column) => true;

        public override ValueGetter<TValue> GetGetter<TValue>(DataViewSchema.Column column)
            => (ref TValue _) => throw new InvalidOperationException("There are no rows.");

        public override ValueGetter<DataViewRowId> GetIdGetter()
            => (ref DataViewRowId _) => throw new InvalidOperationException("There are no rows.");
    }
}

using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Transforms.Image;
using Pix2Pix.ML.Data;

namespace Pix2Pix.ML.Inference;

/// <summary>
/// Image files as rows of one column. A damaged one is an error at its row, which stock loaders take without a word. Of no files it is what
/// stock transforms need to be fitted, although they learn nothing.
/// </summary>
internal sealed class FileView : IDataView
{
    private readonly IReadOnlyList<string> _paths;

    public FileView(string columnName, IReadOnlyList<string> paths)
    {
        _paths = paths;
        var builder = new DataViewSchema.Builder();
        builder.AddColumn(columnName, new ImageDataViewType());
        Schema = builder.ToSchema();
    }

    public bool CanShuffle => false;

    public DataViewSchema Schema { get; }

    public long? GetRowCount() => _paths.Count;

    public DataViewRowCursor GetRowCursor(IEnumerable<DataViewSchema.Column> columnsNeeded, Random? rand = null)
        => new Cursor(Schema, _paths, isActive: columnsNeeded.Any());

    public DataViewRowCursor[] GetRowCursorSet(IEnumerable<DataViewSchema.Column> columnsNeeded, int n, Random? rand = null)
        => [GetRowCursor(columnsNeeded, rand)];

    private sealed class Cursor : DataViewRowCursor
    {
        private readonly IReadOnlyList<string> _paths;
        private readonly bool _isActive;
        private MLImage? _image; // of the row at hand
        private int _row = -1;

        public Cursor(DataViewSchema schema, IReadOnlyList<string> paths, bool isActive)
        {
            Schema = schema;
            _paths = paths;
            _isActive = isActive;
        }

        public override DataViewSchema Schema { get; }

        public override long Position => _row;

        public override long Batch => 0;

        public override bool MoveNext() => ++_row < _paths.Count;

        public override bool IsColumnActive(DataViewSchema.Column column) => _isActive;

        public override ValueGetter<TValue> GetGetter<TValue>(DataViewSchema.Column column)
        {
            ValueGetter<MLImage> getter = (ref MLImage value) =>
            {
                _image?.Dispose();
                _image = null;
                value = _image = ImageFiles.Read(_paths[_row]);
            };
            return (ValueGetter<TValue>)(object)getter;
        }

        public override ValueGetter<DataViewRowId> GetIdGetter() => (ref DataViewRowId value) => value = new((ulong)_row, 0);

        protected override void Dispose(bool disposing)
        {
            if (disposing)
                _image?.Dispose();
            base.Dispose(disposing);
        }
    }
}

using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Transforms.Image;

namespace Pix2Pix.ML.Tests;

/// <summary>Rows of images that count how they are read and that can be shuffled.</summary>
internal sealed class ProbeView : IDataView
{
    private readonly Func<MLImage?>[] _images;
    private int _cursors;
    private int _open;
    private int _read;

    public ProbeView(params Func<MLImage?>[] images)
    {
        _images = images;
        var builder = new DataViewSchema.Builder();
        builder.AddColumn("Input", new ImageDataViewType());
        builder.AddColumn("Number", NumberDataViewType.Int32);
        Schema = builder.ToSchema();
    }

    /// <summary>The number of cursors that are not disposed.</summary>
    public int Open => Volatile.Read(ref _open);

    /// <summary>The number of images that were read.</summary>
    public int Read => Volatile.Read(ref _read);

    /// <summary>Whether each pass has its own order.</summary>
    public bool IsUnsteady { get; init; }

    public bool CanShuffle => true;

    public DataViewSchema Schema { get; }

    public long? GetRowCount() => _images.Length;

    public DataViewRowCursor GetRowCursor(IEnumerable<DataViewSchema.Column> columnsNeeded, Random? rand = null)
    {
        var order = Enumerable.Range(0, _images.Length).ToArray();
        rand?.Shuffle(order);
        if (IsUnsteady && _cursors++ > 0)
            Array.Reverse(order);
        Interlocked.Increment(ref _open);
        return new Cursor(this, order, [.. columnsNeeded.Select(column => column.Index)]);
    }

    public DataViewRowCursor[] GetRowCursorSet(IEnumerable<DataViewSchema.Column> columnsNeeded, int n, Random? rand = null)
        => [GetRowCursor(columnsNeeded, rand)];

    private sealed class Cursor(ProbeView view, int[] order, int[] active) : DataViewRowCursor
    {
        private bool _disposed;
        private int _position = -1;

        public override DataViewSchema Schema => view.Schema;

        public override long Position => _position;

        public override long Batch => 0;

        public override bool MoveNext() => ++_position < order.Length;

        public override bool IsColumnActive(DataViewSchema.Column column) => active.Contains(column.Index);

        public override ValueGetter<TValue> GetGetter<TValue>(DataViewSchema.Column column)
        {
            Assert.True(IsColumnActive(column), $"Column {column.Name} was not asked for.");
            ValueGetter<int> number = (ref int value) => value = order[_position];
            ValueGetter<MLImage> image = (ref MLImage value) =>
            {
                Interlocked.Increment(ref view._read);
                value = view._images[order[_position]]()!;
            };
            return (ValueGetter<TValue>)(column.Index == 0 ? (object)image : number);
        }

        public override ValueGetter<DataViewRowId> GetIdGetter()
            => (ref DataViewRowId value) => value = new DataViewRowId((ulong)order[_position], 0);

        protected override void Dispose(bool disposing)
        {
            if (!_disposed)
                Interlocked.Decrement(ref view._open);
            _disposed = true;
            base.Dispose(disposing);
        }
    }
}

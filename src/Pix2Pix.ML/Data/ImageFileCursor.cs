using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Transforms.Image;

namespace Pix2Pix.ML.Data;

/// <summary>Reads the files of a row when their images are requested.</summary>
internal sealed class ImageFileCursor : DataViewRowCursor
{
    private readonly ImageColumns _columns;
    private readonly IReadOnlyList<string[]> _rows;
    private readonly int[] _order;
    private readonly HashSet<int> _active;
    private MLImage? _halves; // both halves of the current row: one file, decoded once
    private int _position = -1;

    public ImageFileCursor(
        DataViewSchema schema, ImageColumns columns, IReadOnlyList<string[]> rows, int[] order, HashSet<int> active)
    {
        Schema = schema;
        (_columns, _rows, _order, _active) = (columns, rows, order, active);
    }

    public override DataViewSchema Schema { get; }

    public override long Position => _position;

    public override long Batch => 0;

    private string[] Row => _rows[_order[_position]];

    public override bool MoveNext()
    {
        Forget();
        if (_position < _order.Length)
            _position++;
        return _position < _order.Length;
    }

    public override bool IsColumnActive(DataViewSchema.Column column) => _active.Contains(column.Index);

    public override ValueGetter<TValue> GetGetter<TValue>(DataViewSchema.Column column)
    {
        if (!IsColumnActive(column))
            throw new InvalidOperationException($"Column '{column.Name}' is not active: it was not asked for when the cursor was made.");
        Delegate getter = column.Index < _columns.Images.Count
            ? ImageGetter(_columns.Images[column.Index])
            : PathGetter(column.Index - _columns.Images.Count);
        return getter as ValueGetter<TValue> ?? throw new InvalidOperationException(
            $"Column '{column.Name}' holds {column.Type.RawType.Name}, not {typeof(TValue).Name}.");
    }

    public override ValueGetter<DataViewRowId> GetIdGetter()
        => (ref DataViewRowId value) => value = new DataViewRowId((ulong)_order[_position], 0);

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            Forget();
        base.Dispose(disposing);
    }

    private ValueGetter<ReadOnlyMemory<char>> PathGetter(int file) => (ref ReadOnlyMemory<char> value) => value = Row[file].AsMemory();

    // A caller that passes back the last image no longer needs it. A caller that does not may still hold it; only then is the image's
    // native memory reported to the garbage collector, which would otherwise run every few rows.
    private ValueGetter<MLImage> ImageGetter(ImageColumn column)
    {
        var type = (ImageDataViewType)Schema[column.Name].Type;
        MLImage? last = null;
        var bytes = 0L;
        return (ref MLImage value) =>
        {
            if (last is not null && ReferenceEquals(value, last))
                last.Dispose();
            else if (last is not null)
                NativePressure.Add(last, bytes);
            last = null; // reading may fail
            value = last = Read(column, type);
            bytes = NativePressure.BytesOf(last);
        };
    }

    // If all files of a column had the same size, the column type contains it, and consumers rely on it.
    private MLImage Read(ImageColumn column, ImageDataViewType type)
    {
        var image = Read(column);
        if (type.Width == 0 || (image.Width, image.Height) == (type.Width, type.Height))
            return image;
        using (image)
        {
            throw new InvalidDataException(
                $"'{Row[column.File]}' gives an image of {image.Width}x{image.Height} pixels in column '{column.Name}'; when the files were looked " +
                $"into, all were {type.Width}x{type.Height}. Load them again.");
        }
    }

    private MLImage Read(ImageColumn column)
    {
        var path = Row[column.File];
        if (column.Half is not { } half)
            return ImageFiles.Read(path);
        _halves ??= ImageFiles.Read(path);
        return _halves.Width % 2 == 0
            ? PixelLayout.Half(_halves, half)
            : throw new InvalidDataException($"'{path}' is {_halves.Width}x{_halves.Height}; its width must be even, for two halves.");
    }

    private void Forget()
    {
        _halves?.Dispose();
        _halves = null;
    }
}

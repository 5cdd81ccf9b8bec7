using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Transforms.Image;

namespace Pix2Pix.ML.Data;

/// <summary>
/// Exposes image files as rows, with image columns and text columns that contain the full paths of the files. A file is read when a cursor
/// requests its image, and is rotated upright according to its EXIF orientation.
/// </summary>
/// <remarks>
/// The row order is the same on every machine. Images are Bgra32; an image column has a fixed size if all its images have the same size. If
/// a file was damaged after it was checked, or no longer has the size common to all images, reading its row throws an
/// <see cref="InvalidDataException"/>. A getter disposes of its previous image if that image is passed back to it, as ML.NET's loaders do;
/// otherwise the image belongs to the caller. This class is thread-safe; each cursor is for a single thread.
/// </remarks>
public sealed class ImageFileView : IDataView
{
    private readonly IReadOnlyList<string[]> _rows;
    private readonly ImageColumns _columns;

    /// <param name="columns">Defines how files map to columns.</param>
    /// <param name="rows">The full paths of the files of each row.</param>
    /// <param name="sizeOf">The size shared by all images of a column, or null if sizes differ.</param>
    internal ImageFileView(
        ImageColumns columns, IReadOnlyList<string[]> rows, Func<ImageColumn, (int Width, int Height)?> sizeOf)
    {
        (_columns, _rows) = (columns, rows);
        var builder = new DataViewSchema.Builder();
        foreach (var column in columns.Images)
            builder.AddColumn(column.Name, sizeOf(column) is var (width, height) ? new ImageDataViewType(height, width) : new ImageDataViewType());
        foreach (var name in columns.Paths)
            builder.AddColumn(name, TextDataViewType.Instance);
        Schema = builder.ToSchema();
    }

    /// <summary>
    /// The files that were skipped because <see cref="ImageLoadOptions.SkipFaulty"/> is on, with the reasons. Each faulty file is listed
    /// once, ordered by path. A file without a fault whose partner is faulty is skipped as well but not listed.
    /// </summary>
    public IReadOnlyList<SkippedImage> Skipped { get; internal init; } = [];

    /// <summary>
    /// Unexpected properties that are not faults, one sentence each: files with 16 bits per channel, of which 8 are read.
    /// </summary>
    public IReadOnlyList<string> Notes { get; internal init; } = [];

    /// <summary>What the files may contain.</summary>
    internal ImageLimits Limits { get; init; } = ImageLimits.Default;

    /// <summary>Rows are shuffled if a cursor is created with a Random.</summary>
    public bool CanShuffle => true;

    /// <summary>The image columns, followed by the path columns.</summary>
    public DataViewSchema Schema { get; }

    /// <summary>The number of rows.</summary>
    public long? GetRowCount() => _rows.Count;

    /// <summary>Creates a cursor over the rows. Only the requested images are read.</summary>
    public DataViewRowCursor GetRowCursor(IEnumerable<DataViewSchema.Column> columnsNeeded, Random? rand = null)
    {
        ArgumentNullException.ThrowIfNull(columnsNeeded);
        int[] order = [.. Enumerable.Range(0, _rows.Count)];
        rand?.Shuffle(order);
        return new ImageFileCursor(Schema, _columns, _rows, Limits, order, [.. columnsNeeded.Select(column => column.Index)]);
    }

    /// <summary>Returns a single cursor, as from <see cref="GetRowCursor"/>.</summary>
    public DataViewRowCursor[] GetRowCursorSet(IEnumerable<DataViewSchema.Column> columnsNeeded, int n, Random? rand = null)
        => [GetRowCursor(columnsNeeded, rand)];

    /// <summary>
    /// Exposes files as rows with a single image column, without checking them. With no files, this is the input used to fit ML.NET's
    /// built-in transforms.
    /// </summary>
    internal static ImageFileView Of(string columnName, IReadOnlyList<string> paths, ImageLimits? limits = null)
        => new(ImageColumns.Single(columnName), [.. paths.Select(path => (string[])[path])], _ => null)
        {
            Limits = limits ?? ImageLimits.Default,
        };
}

/// <summary>Defines how the files of a row become columns.</summary>
/// <param name="Images">The image columns.</param>
/// <param name="Paths">The text columns with the full paths of the files, one per file.</param>
internal sealed record ImageColumns(IReadOnlyList<ImageColumn> Images, IReadOnlyList<string> Paths)
{
    private const string Input = "Input";
    private const string Target = "Target";

    /// <summary>Two files per row.</summary>
    public static ImageColumns Pairs { get; } = new(
        [new(Input, 0, null), new(Target, 1, null)], [$"{Input}File", $"{Target}File"]);

    /// <summary>One file per row.</summary>
    public static ImageColumns Photos { get; } = new([new("Photo", 0, null)], ["File"]);

    /// <summary>One file per row that contains both images.</summary>
    public static ImageColumns SideBySide(PairSide inputSide) => new(
        [new(Input, 0, inputSide), new(Target, 0, inputSide == PairSide.Left ? PairSide.Right : PairSide.Left)], ["File"]);

    /// <summary>One file per row, without path columns.</summary>
    public static ImageColumns Single(string name) => new([new(name, 0, null)], []);

    /// <summary>The problem with a row whose files are each valid, reported as a fault of its first file; or null.</summary>
    public string? Problem(string[] paths, CheckedFile[] files, ImageLoadOptions options)
    {
        var (first, last) = (files[0], files[^1]);
        if (Images.Any(column => column.Half is not null) && first.Width % 2 != 0)
        {
            return $"is {Size(first)}; its width must be even to be split into two halves";
        }

        if (options.AllowDifferentSizes || (first.Width, first.Height) == (last.Width, last.Height))
            return null;
        return $"is {Size(first)}, and its target '{paths[^1]}' is {Size(last)}; expected equal sizes. Resize them, or set " +
            "AllowDifferentSizes";
    }

    private static string Size(CheckedFile file) => $"{file.Width}x{file.Height}";
}

/// <summary>An image column.</summary>
/// <param name="Name">The column name.</param>
/// <param name="File">The index of the file within the row.</param>
/// <param name="Half">The half of the file's image that the column contains; null for the whole image.</param>
internal sealed record ImageColumn(string Name, int File, PairSide? Half)
{
    /// <summary>The width of the column's image.</summary>
    public int Width(CheckedFile file) => Half is null ? file.Width : file.Width / 2;
}

/// <summary>Reads the files of a row when their images are requested.</summary>
internal sealed class ImageFileCursor : DataViewRowCursor
{
    private readonly ImageColumns _columns;
    private readonly IReadOnlyList<string[]> _rows;
    private readonly ImageLimits _limits;
    private readonly int[] _order;
    private readonly HashSet<int> _active;
    private MLImage? _halves; // both halves of the current row: one file, decoded once
    private int _position = -1;
    private bool _disposed;

    public ImageFileCursor(
        DataViewSchema schema, ImageColumns columns, IReadOnlyList<string[]> rows, ImageLimits limits, int[] order, HashSet<int> active)
    {
        Schema = schema;
        (_columns, _rows, _limits, _order, _active) = (columns, rows, limits, order, active);
    }

    public override DataViewSchema Schema { get; }

    public override long Position => _position;

    public override long Batch => 0;

    private string[] Row
    {
        get
        {
            ObjectDisposedException.ThrowIf(_disposed, typeof(DataViewRowCursor));
            return _rows[_order[_position]];
        }
    }

    public override bool MoveNext()
    {
        ObjectDisposedException.ThrowIf(_disposed, typeof(DataViewRowCursor));
        Release();
        if (_position < _order.Length)
            _position++;
        return _position < _order.Length;
    }

    public override bool IsColumnActive(DataViewSchema.Column column) => _active.Contains(column.Index);

    public override ValueGetter<TValue> GetGetter<TValue>(DataViewSchema.Column column)
    {
        if (!IsColumnActive(column))
            throw new InvalidOperationException($"Column '{column.Name}' is not active because it was not requested when the cursor was " +
                "created.");
        Delegate getter = column.Index < _columns.Images.Count
            ? ImageGetter(_columns.Images[column.Index])
            : PathGetter(column.Index - _columns.Images.Count);
        return getter as ValueGetter<TValue> ?? throw new InvalidOperationException(
            $"Column '{column.Name}' has type {column.Type.RawType.Name}, not {typeof(TValue).Name}.");
    }

    public override ValueGetter<DataViewRowId> GetIdGetter()
        => (ref DataViewRowId value) => value = new DataViewRowId((ulong)_order[_position], 0);

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            Release();
        _disposed = true;
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
                $"'{Row[column.File]}' is now {image.Width}x{image.Height} in column '{column.Name}'; expected " +
                $"{type.Width}x{type.Height}, the size of all images when they were loaded. Load them again.");
        }
    }

    private MLImage Read(ImageColumn column)
    {
        var path = Row[column.File];
        if (column.Half is not { } half)
            return ImageFiles.Read(path, _limits);
        _halves ??= ImageFiles.Read(path, _limits);
        return _halves.Width % 2 == 0
            ? PixelLayout.Half(_halves, half)
            : throw new InvalidDataException($"'{path}' is {_halves.Width}x{_halves.Height}; its width must be even to be split into two " +
                "halves.");
    }

    private void Release()
    {
        _halves?.Dispose();
        _halves = null;
    }
}

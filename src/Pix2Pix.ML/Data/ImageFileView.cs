using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Transforms.Image;

namespace Pix2Pix.ML.Data;

/// <summary>
/// Image files as rows: columns of images, and of text with the files' full paths. A file is read when a cursor asks for it, and turned
/// upright as its EXIF orientation says.
/// </summary>
/// <remarks>
/// Rows have one order on any machine. Images are Bgra32; a column has a size where all its images have the same. A file that was damaged
/// since it was checked, or has another size than all had, is an <see cref="InvalidDataException"/> at its row. A getter disposes of the
/// image that it gave before where it is given it back, as ML.NET's loaders do; else an image belongs to whoever asked for it. Thread-safe;
/// a cursor is for one thread.
/// </remarks>
public sealed class ImageFileView : IDataView
{
    private readonly IReadOnlyList<string[]> _rows;
    private readonly ImageColumns _columns;

    /// <param name="columns">How files become columns.</param>
    /// <param name="rows">The full paths of each row's files.</param>
    /// <param name="sizeOf">The size of all images of a column, or null where they differ.</param>
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
    /// What was left out, and why, where <see cref="ImageLoadOptions.SkipFaulty"/> is on: each faulty file once, in the order of their
    /// paths. A file without a fault whose partner has one is left out with it and not listed.
    /// </summary>
    public IReadOnlyList<SkippedImage> Skipped { get; internal init; } = [];

    /// <summary>What is no fault and may yet surprise, one sentence each: files of 16 bits a channel, of which 8 are read.</summary>
    public IReadOnlyList<string> Notes { get; internal init; } = [];

    /// <summary>Rows are shuffled where a cursor is given a Random.</summary>
    public bool CanShuffle => true;

    /// <summary>The columns of images, then those of paths.</summary>
    public DataViewSchema Schema { get; }

    /// <summary>The number of rows.</summary>
    public long? GetRowCount() => _rows.Count;

    /// <summary>A cursor over the rows. Only the images that are asked for are read.</summary>
    public DataViewRowCursor GetRowCursor(IEnumerable<DataViewSchema.Column> columnsNeeded, Random? rand = null)
    {
        ArgumentNullException.ThrowIfNull(columnsNeeded);
        int[] order = [.. Enumerable.Range(0, _rows.Count)];
        rand?.Shuffle(order);
        return new ImageFileCursor(Schema, _columns, _rows, order, [.. columnsNeeded.Select(column => column.Index)]);
    }

    /// <summary>One cursor, as from <see cref="GetRowCursor"/>.</summary>
    public DataViewRowCursor[] GetRowCursorSet(IEnumerable<DataViewSchema.Column> columnsNeeded, int n, Random? rand = null)
        => [GetRowCursor(columnsNeeded, rand)];

    /// <summary>Files as rows of one column of images, unchecked. Of no files it is what stock transforms need to be fitted.</summary>
    internal static ImageFileView Of(string columnName, IReadOnlyList<string> paths)
        => new(ImageColumns.Single(columnName), [.. paths.Select(path => (string[])[path])], _ => null);
}

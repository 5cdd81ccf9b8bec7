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
        return new ImageFileCursor(Schema, _columns, _rows, order, [.. columnsNeeded.Select(column => column.Index)]);
    }

    /// <summary>Returns a single cursor, as from <see cref="GetRowCursor"/>.</summary>
    public DataViewRowCursor[] GetRowCursorSet(IEnumerable<DataViewSchema.Column> columnsNeeded, int n, Random? rand = null)
        => [GetRowCursor(columnsNeeded, rand)];

    /// <summary>
    /// Exposes files as rows with a single image column, without checking them. With no files, this is the input used to fit ML.NET's
    /// built-in transforms.
    /// </summary>
    internal static ImageFileView Of(string columnName, IReadOnlyList<string> paths)
        => new(ImageColumns.Single(columnName), [.. paths.Select(path => (string[])[path])], _ => null);
}

using Microsoft.ML;
using Microsoft.ML.Data;

namespace Pix2Pix.ML.Columns;

/// <summary>A cursor with a computed column.</summary>
internal sealed class ComputedCursor : DataViewRowCursor
{
    private readonly DataViewRowCursor _source;
    private readonly IRowImages? _images;
    private readonly ComputedGetters _getters;

    /// <param name="source">The source rows. The cursor owns them.</param>
    /// <param name="schema">The schema of the source with the computed column.</param>
    /// <param name="images">The computed images, which the cursor owns as well; null if they were not requested.</param>
    public ComputedCursor(DataViewRowCursor source, ComputedSchema schema, IRowImages? images)
    {
        _source = source;
        _images = images;
        _getters = new ComputedGetters(source, schema, images);
        Schema = schema.Output;
    }

    public override DataViewSchema Schema { get; }

    public override long Position => _source.Position;

    public override long Batch => _source.Batch;

    public override bool MoveNext()
    {
        ObjectDisposedException.ThrowIf(_getters.IsDisposed, typeof(DataViewRowCursor));
        var toRow = _source.MoveNext();
        _images?.Moved(toRow);
        return toRow;
    }

    public override bool IsColumnActive(DataViewSchema.Column column) => _getters.IsActive(column);

    public override ValueGetter<TValue> GetGetter<TValue>(DataViewSchema.Column column) => _getters.Get<TValue>(column);

    public override ValueGetter<DataViewRowId> GetIdGetter() => _source.GetIdGetter();

    protected override void Dispose(bool disposing)
    {
        if (disposing && !_getters.IsDisposed)
        {
            _getters.Dispose();
            _source.Dispose(); // some of ML.NET's cursors fail if they are disposed of twice
        }

        base.Dispose(disposing);
    }
}

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
        if (disposing && !_getters.IsDisposed)
        {
            _getters.Dispose();
            _source.Dispose();
        }

        base.Dispose(disposing);
    }
}

/// <summary>The getters of a row or cursor: those of the source, and one that computes an image if it was requested.</summary>
/// <param name="source">The source row.</param>
/// <param name="schema">Its schema with the computed column.</param>
/// <param name="images">The computed images; null if they were not requested.</param>
internal sealed class ComputedGetters(DataViewRow source, ComputedSchema schema, IRowImages? images) : IDisposable
{
    public bool IsDisposed { get; private set; }

    public bool IsActive(DataViewSchema.Column column)
        => schema.IsComputed(column) ? images is not null : source.IsColumnActive(schema.Input[column.Index]);

    public ValueGetter<TValue> Get<TValue>(DataViewSchema.Column column)
    {
        if (!schema.IsComputed(column))
            return source.GetGetter<TValue>(schema.Input[column.Index]);
        if (images is not { } computed)
            throw new InvalidOperationException($"Column '{column.Name}' is not active because it was not requested when the cursor was " +
                "created.");

        // The image that a consumer passes in is not disposed of: the consumer may still hold the image of the previous row.
        ValueGetter<MLImage> getter = (ref MLImage value) =>
        {
            ObjectDisposedException.ThrowIf(IsDisposed, typeof(DataViewRow));
            value = computed.Current()!;
        };
        return getter as ValueGetter<TValue> ?? throw new InvalidOperationException(
            $"Column '{column.Name}' has type MLImage, not {typeof(TValue).Name}.");
    }

    public void Dispose()
    {
        IsDisposed = true;
        images?.Dispose();
    }
}

/// <summary>The images of a computed column for the current row. Not thread-safe.</summary>
internal interface IRowImages : IDisposable
{
    /// <summary>Returns a new image, which the caller owns; null if the row has none.</summary>
    MLImage? Current();

    /// <summary>Called when the cursor has moved to its next row, or past the last one.</summary>
    void Moved(bool toRow)
    {
    }
}

/// <summary>Computes an image of the row when it is requested. Null stays null.</summary>
internal sealed class RowImages : IRowImages
{
    private readonly ValueGetter<MLImage> _image;
    private readonly Func<MLImage, MLImage> _compute;
    private readonly IDisposable? _owned;

    // ML.NET's loaders dispose of an image that is passed back to them. A new variable for each row would leave decoded images to the
    // garbage collector, which does not see their native memory.
    private MLImage? _source;

    /// <param name="source">The source row.</param>
    /// <param name="column">The image column.</param>
    /// <param name="compute">Computes a new image from a source image.</param>
    /// <param name="owned">The resource used for the computation, if it must be disposed of.</param>
    public RowImages(DataViewRow source, DataViewSchema.Column column, Func<MLImage, MLImage> compute, IDisposable? owned = null)
    {
        _image = source.GetGetter<MLImage>(column);
        (_compute, _owned) = (compute, owned);
    }

    public MLImage? Current()
    {
        _image(ref _source!);
        return _source is null ? null : _compute(_source);
    }

    public void Dispose() => _owned?.Dispose();
}

using Microsoft.ML;
using Microsoft.ML.Data;
using Pix2Pix.ML.Columns;

namespace Pix2Pix.ML.Inference;

/// <summary>
/// Translates a cursor's rows in batches of images that a second cursor over the same rows prefetches. Nothing is read before the first
/// translation is requested.
/// </summary>
internal sealed class BatchedTranslations : IRowImages
{
    private readonly Func<long, PrefetchedBatches> _open;
    private readonly ValueGetter<DataViewRowId> _id;
    private PrefetchedBatches? _batches;
    private ImageBatch? _batch;
    private long _row = -1;
    private long _end; // the row after the batch
    private bool _ended;
    private bool _disposed;

    /// <param name="rows">The cursor to follow.</param>
    /// <param name="open">Opens the prefetching cursor at a row.</param>
    public BatchedTranslations(DataViewRowCursor rows, Func<long, PrefetchedBatches> open)
    {
        _id = rows.GetIdGetter();
        _open = open;
    }

    public void Moved(bool toRow)
    {
        _row++;
        _ended = !toRow;
    }

    public MLImage? Current()
    {
        ObjectDisposedException.ThrowIf(_disposed, typeof(DataViewRowCursor));
        if (_row < 0)
            throw new InvalidOperationException("The cursor is before its first row; expected MoveNext to have returned true.");
        if (_ended)
            throw new InvalidOperationException("The cursor is past its last row; expected MoveNext to have returned true.");
        if (_batches is null)
        {
            _batches = _open(_row);
            _end = _row;
        }

        while (_row >= _end)
        {
            _batch = _batches.Next() ?? throw Different();
            _end += _batch.Count;
        }

        var index = (int)(_row - (_end - _batch!.Count));
        DataViewRowId id = default;
        _id(ref id);
        return id.Equals(_batch.Id(index)) ? _batch.Translation(index) : throw Different();
    }

    public void Dispose()
    {
        _disposed = true;
        _batches?.Dispose();
        GC.SuppressFinalize(this);
    }

    // A cursor that is never disposed of must not keep the reader thread and its batches alive.
    ~BatchedTranslations()
    {
        if (_batches is { } batches)
            Task.Run(batches.Dispose);
    }

    private static InvalidOperationException Different() => new(
        "Two passes over the data returned different rows. Translation reads the images and the other columns in separate passes; " +
        "expected the same rows in the same order in both. If the data is shuffled or sampled, use a fixed seed.");
}

using System.Runtime.ExceptionServices;
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
        if (_row < 0)
            throw new InvalidOperationException("The cursor is before its first row. Call MoveNext first.");
        if (_ended)
            throw new InvalidOperationException("The cursor is past its last row. Stop reading when MoveNext returns false.");
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

/// <summary>
/// Reads the images of a cursor on a separate thread into a fixed number of reused batches: while one is translated, the next ones are
/// read.
/// </summary>
internal sealed class PrefetchedBatches : IDisposable
{
    private readonly DataViewRowCursor _images;
    private readonly IEnumerator<ImageBatch> _batches;
    private ExceptionDispatchInfo? _error;

    /// <param name="images">A cursor with only the image column active. It is read and disposed of here.</param>
    /// <param name="column">The image column.</param>
    /// <param name="generator">The generator that translates the batches.</param>
    /// <param name="batchSize">The number of rows per batch.</param>
    /// <param name="firstRow">The first row to read; earlier rows are skipped.</param>
    public PrefetchedBatches(
        DataViewRowCursor images, DataViewSchema.Column column, OnnxGenerator generator, int batchSize, long firstRow)
    {
        _images = images;
        // One batch being translated, one waiting, and one being filled. When a batch is filled again, it is no longer used: the two after it
        // have been added, the first of which has been taken.
        ImageBatch[] batches = [.. Enumerable.Range(0, 3).Select(_ => new ImageBatch(generator, batchSize))];
        _batches = Prefetch.Of(ended => Read(images, column, generator, batches, firstRow, ended), items: 1, CancellationToken.None)
            .GetEnumerator();
    }

    /// <summary>
    /// Returns the next batch, or null after the last. The previous batch must no longer be used, because it is refilled. Reading starts with
    /// the first call.
    /// </summary>
    /// <remarks>Exceptions of the cursor are thrown here, after the batches that precede them, and at each later call.</remarks>
    public ImageBatch? Next()
    {
        _error?.Throw();
        try
        {
            return _batches.MoveNext() ? _batches.Current : null;
        }
        catch (Exception e)
        {
            _error = ExceptionDispatchInfo.Capture(e);
            throw;
        }
    }

    /// <summary>Stops reading after the current row.</summary>
    public void Dispose()
    {
        _batches.Dispose();
        _images.Dispose();
    }

    private static IEnumerable<ImageBatch> Read(
        DataViewRowCursor images,
        DataViewSchema.Column column,
        OnnxGenerator generator,
        ImageBatch[] batches,
        long firstRow,
        CancellationToken ended)
    {
        for (long row = 0; row < firstRow; row++)
        {
            if (!images.MoveNext())
                yield break;
        }

        using var reader = new ImageReader(images, column, generator);
        for (var i = 0; ; i++)
        {
            var batch = batches[i % batches.Length];
            batch.Clear();
            var error = Fill(batch, images, reader, ended);
            if (batch.Count > 0)
                yield return batch;
            error?.Throw();
            if (!batch.IsFull)
                yield break;
        }
    }

    // Rows that precede an error are still translated.
    private static ExceptionDispatchInfo? Fill(ImageBatch batch, DataViewRowCursor images, ImageReader reader, CancellationToken ended)
    {
        try
        {
            while (!batch.IsFull)
            {
                ended.ThrowIfCancellationRequested();
                if (!images.MoveNext())
                    break;
                reader.Read(batch);
            }

            return null;
        }
        catch (Exception e)
        {
            return ExceptionDispatchInfo.Capture(e);
        }
    }
}

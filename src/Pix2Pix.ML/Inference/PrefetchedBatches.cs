using System.Collections.Concurrent;
using Microsoft.ML;

namespace Pix2Pix.ML.Inference;

/// <summary>
/// Reads the images of a cursor on a separate thread into a fixed number of reused batches: while one is translated, the next ones are
/// read.
/// </summary>
internal sealed class PrefetchedBatches : IDisposable
{
    /// <summary>One batch being translated, one ready, and one being filled.</summary>
    private const int Batches = 3;

    private readonly DataViewRowCursor _images;
    private readonly DataViewSchema.Column _column;
    private readonly OnnxGenerator _generator;
    private readonly BlockingCollection<ImageBatch> _empty = [];
    private readonly BlockingCollection<ImageBatch> _filled = [];
    private readonly CancellationTokenSource _disposed = new();
    private readonly Task _reader;
    private ImageBatch? _taken;

    /// <summary>Starts reading.</summary>
    /// <param name="images">A cursor with only the image column active. It is read and disposed of here.</param>
    /// <param name="column">The image column.</param>
    /// <param name="generator">The generator that translates the batches.</param>
    /// <param name="batchSize">The number of rows per batch.</param>
    /// <param name="firstRow">The first row to read; earlier rows are skipped.</param>
    public PrefetchedBatches(
        DataViewRowCursor images, DataViewSchema.Column column, OnnxGenerator generator, int batchSize, long firstRow)
    {
        _images = images;
        _column = column;
        _generator = generator;
        for (var i = 0; i < Batches; i++)
            _empty.Add(new ImageBatch(generator, batchSize));
        _reader = Task.Factory.StartNew(
            () => Read(firstRow), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
    }

    /// <summary>
    /// Returns the next batch, or null after the last. The previous batch must no longer be used, because it is refilled.
    /// </summary>
    /// <remarks>Exceptions of the cursor are thrown here, after the batches that precede them.</remarks>
    public ImageBatch? Next()
    {
        if (_taken is not null)
            _empty.Add(_taken);
        if (_filled.TryTake(out _taken, Timeout.Infinite))
            return _taken;
        _reader.GetAwaiter().GetResult();
        return null;
    }

    /// <summary>Stops reading after the current row.</summary>
    public void Dispose()
    {
        _disposed.Cancel();
        Task.WaitAny(_reader); // does not throw
        _ = _reader.Exception; // marks the exception as observed
        _images.Dispose();
        _empty.Dispose();
        _filled.Dispose();
        _disposed.Dispose();
    }

    private void Read(long firstRow)
    {
        try
        {
            for (long row = 0; row < firstRow; row++)
            {
                if (!_images.MoveNext())
                    return;
            }

            using var reader = new ImageReader(_images, _column, _generator);
            while (Fill(_empty.Take(_disposed.Token), reader))
            {
            }
        }
        finally
        {
            _filled.CompleteAdding();
        }
    }

    /// <summary>Fills a batch; returns false after the last row.</summary>
    private bool Fill(ImageBatch batch, ImageReader reader)
    {
        batch.Clear();
        try
        {
            while (!batch.IsFull)
            {
                _disposed.Token.ThrowIfCancellationRequested();
                if (!_images.MoveNext())
                    return false;
                reader.Read(batch);
            }

            return true;
        }
        finally
        {
            if (batch.Count > 0)
                _filled.Add(batch);
        }
    }
}

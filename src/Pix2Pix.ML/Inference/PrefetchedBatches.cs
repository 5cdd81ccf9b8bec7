using System.Collections.Concurrent;
using Microsoft.ML;

namespace Pix2Pix.ML.Inference;

/// <summary>
/// Reads the images of a cursor on a thread of its own and fills batches with them, a fixed number of which go round: while one is
/// translated, the next are read.
/// </summary>
internal sealed class PrefetchedBatches : IDisposable
{
    /// <summary>One that is translated, one that waits, one that is filled.</summary>
    private const int Batches = 3;

    private readonly DataViewRowCursor _images;
    private readonly DataViewSchema.Column _column;
    private readonly OnnxGenerator _generator;
    private readonly BlockingCollection<ImageBatch> _empty = [];
    private readonly BlockingCollection<ImageBatch> _filled = [];
    private readonly CancellationTokenSource _disposed = new();
    private readonly Task _reader;
    private ImageBatch? _taken;

    /// <summary>Begins to read.</summary>
    /// <param name="images">Active in the column alone. It is read and disposed of here.</param>
    /// <param name="column">Of images.</param>
    /// <param name="generator">To translate with.</param>
    /// <param name="batchSize">The rows of a batch.</param>
    /// <param name="firstRow">The rows before it are passed over.</param>
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

    /// <summary>The next batch, or null behind the last. The one before it must not be used any more: it is filled again.</summary>
    /// <remarks>What the cursor throws is thrown here, behind the batches before it.</remarks>
    public ImageBatch? Next()
    {
        if (_taken is not null)
            _empty.Add(_taken);
        if (_filled.TryTake(out _taken, Timeout.Infinite))
            return _taken;
        _reader.GetAwaiter().GetResult();
        return null;
    }

    /// <summary>Ends the reading after the row at hand.</summary>
    public void Dispose()
    {
        _disposed.Cancel();
        Task.WaitAny(_reader); // does not throw
        _ = _reader.Exception; // seen: nobody asks for it any more
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

    /// <summary>Reads a batch; false behind the last row.</summary>
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

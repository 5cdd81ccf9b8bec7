using System.Collections.Concurrent;

namespace Pix2Pix.Torch.Data;

/// <summary>
/// A pool of buffers that are reused for a whole training, as many as are in use at once. New buffers for each batch, allocated on threads
/// that start and end with each epoch, would leave memory behind in the C library's per-thread arenas. Thread-safe.
/// </summary>
internal sealed class BatchBuffers : IDisposable
{
    private readonly GeneratorOptions _generator;
    private readonly int _images;
    private readonly ConcurrentStack<BatchBuffer> _free = new();
    private volatile bool _disposed;

    /// <param name="generator">Provides channels and size.</param>
    /// <param name="images">The maximum number of images in a batch.</param>
    public BatchBuffers(GeneratorOptions generator, int images)
    {
        _generator = generator;
        _images = images;
    }

    public BatchBuffer Rent() => _free.TryPop(out var buffer) ? buffer : new BatchBuffer(_generator, _images);

    public void Return(BatchBuffer buffer)
    {
        _free.Push(buffer);
        if (_disposed)
            Free();
    }

    /// <summary>Frees the returned buffers. Rented buffers are freed when they are returned.</summary>
    public void Dispose()
    {
        _disposed = true;
        Free();
    }

    private void Free()
    {
        while (_free.TryPop(out var buffer))
            buffer.Dispose();
    }
}

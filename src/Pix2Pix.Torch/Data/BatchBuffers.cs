using System.Collections.Concurrent;

namespace Pix2Pix.Torch.Data;

/// <summary>
/// Buffers that go round: as many as are under way at once, made once for a training. Fresh ones for each batch, made on threads that come
/// and go with the epochs, leave memory behind in the C library's arena of each thread. Thread-safe.
/// </summary>
internal sealed class BatchBuffers : IDisposable
{
    private readonly GeneratorOptions _generator;
    private readonly int _images;
    private readonly ConcurrentStack<BatchBuffer> _free = new();
    private volatile bool _disposed;

    /// <param name="generator">Gives channels and size.</param>
    /// <param name="images">The most images of a batch.</param>
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

    /// <summary>Frees the buffers that are here; those that are out are freed when they come back.</summary>
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

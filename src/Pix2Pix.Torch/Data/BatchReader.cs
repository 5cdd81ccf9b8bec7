using System.Collections.Concurrent;
using System.Runtime.InteropServices;
using Pix2Pix.Imaging;
using TorchSharp;
using static TorchSharp.torch;

namespace Pix2Pix.Torch.Data;

/// <summary>
/// Reads the batches of an epoch: pairs in shuffled order, each with its own draw of the augmentation. Pairs are read on one thread and
/// augmented on another during training. On CUDA, a set that fits is kept on the device, and its batches are created there.
/// </summary>
internal sealed class BatchReader : IDisposable
{
    /// <summary>The memory for prefetched batches, which limits their number within the minimum and maximum below.</summary>
    private const long PrefetchBytes = 32 << 20;
    private const int MinPrefetched = 2;
    private const int MaxPrefetched = 8;

    private readonly IPairSource _pairs;
    private readonly GeneratorOptions _generator;
    private readonly TrainingOptions _options;
    private readonly Device _device;
    private readonly bool _keepsOnDevice;
    private readonly BatchBuffers _buffers;
    private DevicePairs? _devicePairs;
    private bool _tried;

    /// <param name="pairs">The pairs, which are read once per epoch, or only once if they are kept on the device.</param>
    /// <param name="generator">Provides the size and the channels.</param>
    /// <param name="options">Provide batch size, order and augmentation.</param>
    /// <param name="device">The device of the batches.</param>
    /// <param name="keepsOnDevice">Whether to keep a set that fits on the device; null to do so on CUDA.</param>
    public BatchReader(IPairSource pairs, GeneratorOptions generator, TrainingOptions options, Device device, bool? keepsOnDevice = null)
    {
        _pairs = pairs;
        _generator = generator;
        _options = options;
        _device = device;
        _keepsOnDevice = keepsOnDevice ?? device.type == DeviceType.CUDA;
        _buffers = new BatchBuffers(generator, options.BatchSize);
    }

    /// <summary>Returns the batches in order. The caller disposes each batch and the enumerator, which ends all threads.</summary>
    /// <param name="epoch">The epoch, from 1.</param>
    /// <param name="firstBatch">The number of batches to skip. They are drawn, but not augmented.</param>
    /// <param name="cancel">Ends the enumeration with an <see cref="OperationCanceledException"/>.</param>
    /// <exception cref="InvalidOperationException">The pairs that the source returns do not match its count or the generator.</exception>
    public IEnumerable<PairBatch> Epoch(int epoch, int firstBatch, CancellationToken cancel)
    {
        if (_keepsOnDevice && !_tried)
        {
            _devicePairs = DevicePairs.TryRead(Read(cancel), _pairs.Count, _generator, _options, _device);
            _tried = true;
        }

        var batches = _devicePairs is { } devicePairs
            ? Batches(Enumerable.Range(0, _pairs.Count), epoch, firstBatch).Select(rows => devicePairs.Batch(rows, epoch))
            : Prefetch.Of(ended => Augmented(epoch, firstBatch, ended), PrefetchedBatches(), cancel);
        foreach (var batch in batches)
            yield return batch;
    }

    public void Dispose()
    {
        _devicePairs?.Dispose();
        _buffers.Dispose();
    }

    private int PrefetchedBatches()
    {
        var floats = (long)_options.BatchSize * (_generator.InputChannels + _generator.OutputChannels) * _generator.Width * _generator.Height;
        return (int)Math.Clamp(PrefetchBytes / (sizeof(float) * floats), MinPrefetched, MaxPrefetched);
    }

    private IEnumerable<PairBatch> Augmented(int epoch, int firstBatch, CancellationToken cancel)
        => Prefetch.Of(ended => Batches(Read(ended), epoch, firstBatch), items: 1, cancel).Select(batch => Augmented(batch, epoch));

    private PairBatch Augmented((int Row, ImagePair Pair)[] batch, int epoch)
    {
        var augmented = PairBatch.Augmented(
            [.. batch.Select(row => row.Pair)], [.. batch.Select(row => row.Row)], _generator, _options, epoch, _device, _buffers);
        foreach (var (_, pair) in batch)
            _pairs.Return(pair);
        return augmented;
    }

    private IEnumerable<T[]> Batches<T>(IEnumerable<T> rows, int epoch, int firstBatch)
        => ShuffleWindow.Order(rows, _options.ShuffleWindow, _options.SeedOrDefault, epoch).Chunk(_options.BatchSize).Skip(firstBatch);

    // An extra or missing row would end the epoch at a different step than planned.
    private IEnumerable<(int Row, ImagePair Pair)> Read(CancellationToken cancel)
    {
        var (count, read) = (_pairs.Count, 0);
        foreach (var pair in _pairs.Read(cancel))
        {
            cancel.ThrowIfCancellationRequested();
            if (read == count)
                throw new InvalidOperationException($"The pair source returned more than {count} pairs, but its Count reports {count}.");
            yield return (read++, pair);
        }

        if (read < count)
            throw new InvalidOperationException($"The pair source returned {read} pairs, but its Count reports {count}.");
    }
}

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

/// <summary>The host memory of a batch. Pixels are written directly to the memory that libtorch reads.</summary>
internal sealed class BatchBuffer : IDisposable
{
    private readonly Tensor _input; // (N, C, H, W)
    private readonly Tensor _target; // (N, C', H, W)
    private readonly int _images;

    /// <param name="generator">Provides channels and size.</param>
    /// <param name="images">The maximum number of images in a batch.</param>
    public BatchBuffer(GeneratorOptions generator, int images)
    {
        _images = images;
        _input = Images(generator.InputChannels);
        _target = Images(generator.OutputChannels);

        Tensor Images(int channels)
            => LongLived.Tensor(() => empty([images, channels, generator.Height, generator.Width], ScalarType.Float32, CPU));
    }

    /// <summary>Returns the planes of an input, (C, H, W).</summary>
    public Span<float> Input(int index) => Image(_input, index);

    /// <summary>Returns the planes of a target, (C', H, W).</summary>
    public Span<float> Target(int index) => Image(_target, index);

    /// <summary>Returns the first images, in the buffer's memory or on another device. The caller owns the tensors.</summary>
    public (Tensor Input, Tensor Target) First(int images, Device device) => (First(_input, images, device), First(_target, images, device));

    public void Dispose()
    {
        _input.Dispose();
        _target.Dispose();
    }

    private Span<float> Image(Tensor images, int index)
    {
        var values = MemoryMarshal.Cast<byte, float>(images.bytes);
        return values.Slice(index * (values.Length / _images), values.Length / _images);
    }

    // The copy to pinned memory is complete when the call returns, so the buffer may be written to again.
    private static Tensor First(Tensor all, int images, Device device) => LongLived.Tensor(() => all.narrow(0, 0, images).MovedTo(device));
}

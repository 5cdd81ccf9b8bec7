using Pix2Pix.Imaging;
using TorchSharp;
using static TorchSharp.torch;

namespace Pix2Pix.Torch.Data;

/// <summary>
/// The batches of an epoch: pairs in shuffled order, each with its own draw of the augmentation. They are read on one thread and augmented
/// on another while the networks learn; on CUDA, a set that fits is kept on the device, and its batches are made there.
/// </summary>
internal sealed class BatchReader : IDisposable
{
    /// <summary>Batches are made ahead as far as they fit here, but two at least and not more than are of use.</summary>
    private const long AheadBytes = 32 << 20;
    private const int MinAhead = 2;
    private const int MaxAhead = 8;

    private readonly IPairSource _pairs;
    private readonly GeneratorOptions _generator;
    private readonly TrainingOptions _options;
    private readonly Device _device;
    private readonly bool _keepsOnDevice;
    private readonly BatchBuffers _buffers;
    private DevicePairs? _kept;
    private bool _tried;

    /// <param name="pairs">Read once an epoch, or once for all where they are kept on the device.</param>
    /// <param name="generator">Gives the size and the channels.</param>
    /// <param name="options">Give batch, order and augmentation.</param>
    /// <param name="device">Where to put the batches.</param>
    /// <param name="keepsOnDevice">Whether to keep a set that fits on the device: on CUDA, where nothing else is said.</param>
    public BatchReader(IPairSource pairs, GeneratorOptions generator, TrainingOptions options, Device device, bool? keepsOnDevice = null)
    {
        _pairs = pairs;
        _generator = generator;
        _options = options;
        _device = device;
        _keepsOnDevice = keepsOnDevice ?? device.type == DeviceType.CUDA;
        _buffers = new BatchBuffers(generator, options.BatchSize);
    }

    /// <summary>The batches in order; the caller disposes of each, and of the enumeration: no thread is left then.</summary>
    /// <param name="epoch">The epoch, from 1.</param>
    /// <param name="firstBatch">So many batches of the epoch are left out: they are drawn, not augmented.</param>
    /// <param name="cancel">Ends the enumeration with an <see cref="OperationCanceledException"/>.</param>
    /// <exception cref="InvalidOperationException">The source gives other pairs than it said.</exception>
    public IEnumerable<PairBatch> Epoch(int epoch, int firstBatch, CancellationToken cancel)
    {
        if (_keepsOnDevice && !_tried)
        {
            _kept = DevicePairs.TryRead(Read(cancel), _pairs.Count, _generator, _options, _device);
            _tried = true;
        }

        var batches = _kept is { } kept
            ? Batches(Enumerable.Range(0, _pairs.Count), epoch, firstBatch).Select(rows => kept.Batch(rows, epoch))
            : Prefetch.Of(ended => Augmented(epoch, firstBatch, ended), PrefetchedBatches(), cancel);
        foreach (var batch in batches)
            yield return batch;
    }

    public void Dispose()
    {
        _kept?.Dispose();
        _buffers.Dispose();
    }

    private int PrefetchedBatches()
    {
        var floats = (long)_options.BatchSize * (_generator.InputChannels + _generator.OutputChannels) * _generator.Width * _generator.Height;
        return (int)Math.Clamp(AheadBytes / (sizeof(float) * floats), MinAhead, MaxAhead);
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

    // A row too many or too few would end the epoch at another step than was planned.
    private IEnumerable<(int Row, ImagePair Pair)> Read(CancellationToken cancel)
    {
        var (count, read) = (_pairs.Count, 0);
        foreach (var pair in _pairs.Read(cancel))
        {
            cancel.ThrowIfCancellationRequested();
            if (read == count)
                throw new InvalidOperationException($"The source of pairs gives more than the {count} pairs that it counts.");
            yield return (read++, pair);
        }

        if (read < count)
            throw new InvalidOperationException($"The source of pairs gives {read} of the {count} pairs that it counts.");
    }
}

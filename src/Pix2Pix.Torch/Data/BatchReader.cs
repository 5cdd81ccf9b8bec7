using Pix2Pix.Torch.Networks;
using Pix2Pix.Torch.Training;
using static TorchSharp.torch;

namespace Pix2Pix.Torch.Data;

/// <summary>The batches of an epoch: pairs in shuffled order, each with its own draw of the augmentation.</summary>
internal sealed class BatchReader
{
    private readonly IPairSource _pairs;
    private readonly GeneratorOptions _generator;
    private readonly TrainingOptions _options;
    private readonly Device _device;

    public BatchReader(IPairSource pairs, GeneratorOptions generator, TrainingOptions options, Device device)
    {
        _pairs = pairs;
        _generator = generator;
        _options = options;
        _device = device;
    }

    /// <summary>The batches in order; the caller disposes of each.</summary>
    /// <param name="epoch">From 1.</param>
    /// <param name="firstBatch">Batches to leave out at the beginning: a training that goes on has seen them.</param>
    /// <param name="cancel">Ends the reading.</param>
    public IEnumerable<PairBatch> Epoch(int epoch, int firstBatch, CancellationToken cancel)
    {
        ImagePair[] pairs = [.. _pairs.Read(cancel)];
        foreach (var rows in PairOrder.Shuffled(pairs.Length, _options.SeedOrDefault, epoch).Chunk(_options.BatchSize).Skip(firstBatch))
            yield return PairBatch.Augmented([.. rows.Select(row => pairs[row])], rows, _generator, _options, epoch, _device);
    }
}

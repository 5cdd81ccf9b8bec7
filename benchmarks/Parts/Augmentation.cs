using BenchmarkDotNet.Attributes;
using Pix2Pix;
using Pix2Pix.Imaging;
using Pix2Pix.Torch;
using Pix2Pix.Torch.Data;
using TorchSharp;

namespace Parts;

/// <summary>Augments one pair in memory to a batch of tensors: crop and mirror as in the paper, and all options.</summary>
[MemoryDiagnoser]
public class Augmentation
{
    private static readonly GeneratorOptions Generator = new() { Width = 256, Height = 256 };
    private static readonly TrainingOptions Paper = new();
    private static readonly TrainingOptions All = new()
    {
        Augmentation = new() { MaxScale = 1.2, RightAngles = true, InputColorJitter = 0.2 },
    };

    private readonly int[] _rows = [0];
    private ImagePair[] _pairs = [];
    private BatchBuffers? _buffers;
    private int _epoch;

    [GlobalSetup]
    public void Prepare()
    {
        TorchRuntime.Initialize();
        ImagePairs pairs = new(Generator, Paper);
        var (left, right) = DrawnImages.Pair();
        pairs.Add(left, right);
        _pairs = [pairs[0]];
        _buffers = new BatchBuffers(Generator, 1);
    }

    [GlobalCleanup]
    public void CleanUp() => _buffers?.Dispose();

    [Benchmark(Baseline = true)]
    public void CropAndMirror() => Augment(Paper);

    [Benchmark]
    public void WithScaleAnglesAndColors() => Augment(All);

    private void Augment(TrainingOptions options)
        => PairBatch.Augmented(_pairs, _rows, Generator, options, ++_epoch, torch.CPU, _buffers).Dispose();
}

using BenchmarkDotNet.Attributes;
using Pix2Pix;
using Pix2Pix.Torch;
using Pix2Pix.Torch.Export;

namespace Parts;

/// <summary>Exports a generator of 64x64 pixels and 16 filters as ONNX to memory.</summary>
[MemoryDiagnoser]
public class Export
{
    private readonly MemoryStream _stream = new();
    private Pix2PixTrainer? _trainer;

    [GlobalSetup]
    public void Build() => _trainer = new Pix2PixTrainer(
        new GeneratorOptions { Width = 64, Height = 64, Filters = 16 }, new DiscriminatorOptions { Filters = 8 }, new() { Seed = 1 });

    [GlobalCleanup]
    public void CleanUp() => _trainer?.Dispose();

    [Benchmark]
    public long Write()
    {
        _stream.SetLength(0);
        GeneratorExporter.Write(_trainer!.Generator, InferenceOptions.Default, _stream);
        return _stream.Length;
    }
}

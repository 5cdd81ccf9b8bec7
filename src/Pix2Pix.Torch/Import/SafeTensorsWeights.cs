using Pix2Pix.Torch.Checkpoints;
using static TorchSharp.torch;

namespace Pix2Pix.Torch.Import;

/// <summary>Weights in a safetensors file.</summary>
internal sealed class SafeTensorsWeights : WeightFile
{
    /// <summary>The format allows more; the names and shapes of thousands of tensors need less.</summary>
    private const int MaxHeaderLength = 4 << 20;

    private readonly SafeTensorsFile _file;

    private SafeTensorsWeights(SafeTensorsFile file)
        : base(file.Tensors.Select(t => new WeightEntry(t.Name, SafeTensorsType.Of(t.Type), t.Shape)))
        => _file = file;

    /// <exception cref="InvalidDataException">The file is damaged, or is not a safetensors file.</exception>
    public static SafeTensorsWeights OpenWeights(string path, ulong headerLength)
    {
        if (headerLength > MaxHeaderLength)
            throw new InvalidDataException($"Its header is said to have {headerLength} bytes; at most {MaxHeaderLength} are allowed.");
        var file = SafeTensorsFile.Open(path);
        try
        {
            return new SafeTensorsWeights(file);
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    public override void Read(IReadOnlyCollection<string> names, Action<string, Tensor> show)
    {
        foreach (var name in names)
        {
            using var scope = NewDisposeScope();
            show(name, _file.Read(name, CPU));
        }
    }

    public override void Dispose() => _file.Dispose();
}

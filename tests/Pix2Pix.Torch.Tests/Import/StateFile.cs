using Pix2Pix.Torch.Checkpoints;
using Pix2Pix.Torch.Import;
using static TorchSharp.torch;

namespace Pix2Pix.Torch.Tests.Import;

/// <summary>Reads tensors by name from any weight file, and writes them as safetensors.</summary>
internal static class StateFile
{
    public static Dictionary<string, Tensor> Read(string path)
    {
        using var file = WeightFile.Open(path);
        var state = file.Tensors.ToDictionary(t => t.Name, t => (Tensor)null!);
        file.Read([.. state.Keys], (name, tensor) => state[name] = tensor.clone().DetachFromDisposeScope());
        return state;
    }

    public static void Write(string path, IReadOnlyDictionary<string, Tensor> state)
    {
        var header = SafeTensorsHeader.Of(
            state.Select(p => (p.Key, SafeTensorsType.NameOf(p.Value.dtype), p.Value.shape)), new Dictionary<string, string>());
        using var stream = File.Create(path);
        SafeTensorsFile.Write(stream, header, state.Values);
    }
}

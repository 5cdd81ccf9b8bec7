using System.Runtime.InteropServices;
using System.Text.Json;

namespace Pix2Pix.Torch.Tests.Reference;

/// <summary>
/// Consecutive float64 tensors in a file, described by "file" and "tensors" of a JSON document.
/// </summary>
internal sealed class RecordedTensors
{
    private readonly double[] _numbers;
    private readonly Dictionary<string, (long[] Shape, int Offset)> _tensors;

    public RecordedTensors(JsonElement json)
    {
        var file = ReferenceFile.Path(json.GetProperty("file").GetString()!);
        _numbers = [.. MemoryMarshal.Cast<byte, double>(File.ReadAllBytes(file))];
        _tensors = json.GetProperty("tensors").EnumerateArray().ToDictionary(
            t => t.GetProperty("name").GetString()!,
            t => (t.GetProperty("shape").Longs(), t.GetProperty("offset").GetInt32()));
    }

    public IEnumerable<string> Names => _tensors.Keys;

    public (long[] Shape, double[] Values) this[string name]
    {
        get
        {
            var (shape, offset) = _tensors[name];
            return (shape, _numbers[offset..(offset + (int)shape.Aggregate(1L, (a, b) => a * b))]);
        }
    }
}

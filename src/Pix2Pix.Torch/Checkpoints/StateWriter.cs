using System.Text.Json;
using static TorchSharp.torch;

namespace Pix2Pix.Torch.Checkpoints;

/// <summary>Collects the state of the parts of a training. Nothing is copied, so it must be written before the next step.</summary>
internal sealed class StateWriter
{
    private readonly Dictionary<string, JsonElement> _values = [];
    private readonly List<(string Name, Tensor Tensor, bool IsFixed)> _tensors = [];
    private readonly string _part = "";

    /// <param name="parts">The parts, queried in order.</param>
    public StateWriter(IEnumerable<ITrainingState> parts)
    {
        foreach (var part in parts)
        {
            _part = part.Name;
            _values.Add(_part, JsonSerializer.SerializeToElement<object?>(null));
            part.Write(this);
        }
    }

    /// <summary>The values of each part; null for a part without values.</summary>
    public IReadOnlyDictionary<string, JsonElement> Values => _values;

    /// <summary>
    /// The tensors by their names in the file, "part.name", and whether their shape is fixed. The largest data types come first, so that
    /// each tensor is aligned to a multiple of its value size.
    /// </summary>
    public IEnumerable<(string Name, Tensor Tensor, bool IsFixed)> Tensors => _tensors.OrderByDescending(t => t.Tensor.element_size());

    /// <summary>
    /// Saves a record of values, once per part, as JSON: NaN and infinity are not allowed, and null stands for values that do not exist
    /// yet.
    /// </summary>
    public void Value<T>(T value)
    {
        using var json = JsonDocument.Parse(OptionsJson.Write(value));
        _values[_part] = json.RootElement.Clone();
    }

    /// <summary>Saves a tensor whose shape follows from the options; a different shape in the file means a different network.</summary>
    public void Fixed(string name, Tensor tensor) => _tensors.Add(($"{_part}.{name}", tensor, true));

    /// <summary>Saves a tensor that may have any shape or be absent.</summary>
    public void Varying(string name, Tensor tensor) => _tensors.Add(($"{_part}.{name}", tensor, false));
}

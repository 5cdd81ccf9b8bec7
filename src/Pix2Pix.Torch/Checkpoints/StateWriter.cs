using System.Text.Json;
using static TorchSharp.torch;

namespace Pix2Pix.Torch.Checkpoints;

/// <summary>Collects what the parts of a training keep. Nothing is copied: it is used up before the next step.</summary>
internal sealed class StateWriter
{
    private readonly Dictionary<string, JsonElement> _values = [];
    private readonly List<(string Name, Tensor Tensor, bool IsFixed)> _tensors = [];
    private readonly string _part = "";

    /// <param name="parts">Asked in order.</param>
    public StateWriter(IEnumerable<ITrainingState> parts)
    {
        foreach (var part in parts)
        {
            _part = part.Name;
            _values.Add(_part, JsonSerializer.SerializeToElement<object?>(null));
            part.Write(this);
        }
    }

    /// <summary>The values of each part; null where it has none.</summary>
    public IReadOnlyDictionary<string, JsonElement> Values => _values;

    /// <summary>
    /// The tensors by their names in the file, "part.name", and whether their shape is fixed. Largest number types first, so that each
    /// begins at a multiple of its own.
    /// </summary>
    public IEnumerable<(string Name, Tensor Tensor, bool IsFixed)> Tensors => _tensors.OrderByDescending(t => t.Tensor.element_size());

    /// <summary>Keeps a record of values, once a part. As JSON: no NaN and no infinity, null for what is not there yet.</summary>
    public void Value<T>(T value)
    {
        using var json = JsonDocument.Parse(OptionsJson.Write(value));
        _values[_part] = json.RootElement.Clone();
    }

    /// <summary>Keeps a tensor whose shape follows from the options: another one in the file is another network.</summary>
    public void Fixed(string name, Tensor tensor) => _tensors.Add(($"{_part}.{name}", tensor, true));

    /// <summary>Keeps a tensor that is of any shape, or not there at all.</summary>
    public void Varying(string name, Tensor tensor) => _tensors.Add(($"{_part}.{name}", tensor, false));
}

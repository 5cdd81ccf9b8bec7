using System.Text.Json;
using static TorchSharp.torch;

namespace Pix2Pix.Torch.Checkpoints;

/// <summary>A part of a training with state to save. Reading the written state restores the part exactly.</summary>
/// <remarks>
/// State is written only between two steps. Values that follow from the options are not saved, and neither is the state of any random
/// generator: all random numbers derive from the seed and the position.
/// </remarks>
internal interface ITrainingState
{
    /// <summary>A unique name within the training, in lowercase. It identifies the part in the file, so it must not change.</summary>
    string Name { get; }

    /// <summary>Writes the values and tensors to save.</summary>
    void Write(StateWriter to);

    /// <summary>Restores the values and tensors.</summary>
    void Read(StateReader from);

    /// <summary>Begins with a training whose other parts are restored from a checkpoint without this part.</summary>
    void ReadAbsent()
    {
    }
}

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
            _values.Add(_part, JsonElement.Parse("null"));
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
        where T : class
        => _values[_part] = JsonSerializer.SerializeToElement(value, TorchJson.Of<T>());

    /// <summary>Saves a tensor whose shape follows from the options; a different shape in the file means a different network.</summary>
    public void Fixed(string name, Tensor tensor) => _tensors.Add(($"{_part}.{name}", tensor, true));

    /// <summary>Saves a tensor that may have any shape or be absent.</summary>
    public void Varying(string name, Tensor tensor) => _tensors.Add(($"{_part}.{name}", tensor, false));
}

/// <summary>Reads the saved state of a part of a training.</summary>
internal sealed class StateReader(SafeTensorsFile file, string part, JsonElement value)
{
    /// <summary>Reads the saved values.</summary>
    /// <exception cref="InvalidDataException">The saved values have another type.</exception>
    public T Value<T>()
        where T : class
    {
        try
        {
            return OptionsJson.Read(value.GetRawText(), TorchJson.Of<T>(), defaults: null);
        }
        catch (InvalidDataException e)
        {
            throw new InvalidDataException($"The state of '{part}' in '{file.Path}' cannot be read. {e.Message}", e);
        }
    }

    /// <summary>Whether there is a tensor whose name begins with this.</summary>
    public bool HasAny(string start) => file.Tensors.Any(tensor => tensor.Name.StartsWith($"{part}.{start}", StringComparison.Ordinal));

    /// <summary>Reads a tensor into an existing one of the same type and shape.</summary>
    /// <param name="name">The name.</param>
    /// <param name="tensor">Receives the values.</param>
    /// <param name="allowInfinity">Whether values may be infinite. NaN is refused in any case.</param>
    /// <exception cref="InvalidDataException">
    /// The tensor is missing, or has another type or shape, or values that are not finite.
    /// </exception>
    public void Into(string name, Tensor tensor, bool allowInfinity = false)
    {
        Require(name, tensor.dtype, tensor.shape);
        file.ReadInto($"{part}.{name}", tensor);
        RequireFinite(name, tensor, allowInfinity);
    }

    /// <summary>Reads a tensor that was written as varying; the caller disposes of it.</summary>
    /// <exception cref="InvalidDataException">
    /// The tensor is missing, or has another type or shape, or values that are not finite.
    /// </exception>
    public Tensor Tensor(string name, ScalarType type, long[] shape, Device device)
    {
        Require(name, type, shape);
        var tensor = file.Read($"{part}.{name}", device);
        RequireFinite(name, tensor, allowInfinity: false);
        return tensor;
    }

    private void Require(string name, ScalarType type, long[] shape)
    {
        var expected = SafeTensorsEntry.FormOf(SafeTensorsType.NameOf(type), shape);
        var form = file.Find($"{part}.{name}")?.Form;
        if (form != expected)
            throw new InvalidDataException($"'{file.Path}' is damaged: tensor '{part}.{name}' is {form ?? "missing"}; expected {expected}.");
    }

    private void RequireFinite(string name, Tensor tensor, bool allowInfinity)
    {
        if (!FiniteTensor.IsFinite(tensor, allowInfinity))
        {
            throw new InvalidDataException(
                $"'{file.Path}' is damaged: tensor '{part}.{name}' contains {(allowInfinity ? "NaN" : "NaN or infinite values")}.");
        }
    }
}

/// <summary>Checks the values of tensors.</summary>
internal static class FiniteTensor
{
    /// <summary>Determines whether no value is NaN and, unless allowed, none is infinite. Integers are finite.</summary>
    public static bool IsFinite(Tensor tensor, bool allowInfinity = false)
    {
        if (!tensor.is_floating_point())
            return true;
        using var noGradient = no_grad();
        using var scope = NewDisposeScope();
        // One pass without a copy. The sum of finite values can overflow; only then are the values examined one by one.
        if (double.IsFinite(tensor.sum().Value()))
            return true;
        return (allowInfinity ? tensor.isnan().logical_not() : tensor.isfinite()).all().to(ScalarType.Float32).Value() == 1;
    }
}

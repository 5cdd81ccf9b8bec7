using System.Text.Json;
using static TorchSharp.torch;

namespace Pix2Pix.Torch.Checkpoints;

/// <summary>Reads the saved state of a part of a training.</summary>
internal sealed class StateReader
{
    private readonly SafeTensorsFile _file;
    private readonly string _part;
    private readonly JsonElement _value;

    public StateReader(SafeTensorsFile file, string part, JsonElement value)
    {
        _file = file;
        _part = part;
        _value = value;
    }

    /// <summary>Reads the saved values.</summary>
    /// <exception cref="InvalidDataException">The saved values have another type.</exception>
    public T Value<T>()
    {
        try
        {
            return OptionsJson.Read<T>(_value.GetRawText());
        }
        catch (InvalidDataException e)
        {
            throw new InvalidDataException($"The state of '{_part}' in '{_file.Path}' is not understood. {e.Message}", e);
        }
    }

    /// <summary>Whether there is a tensor with this name.</summary>
    public bool Has(string name) => _file.Find($"{_part}.{name}") is not null;

    /// <summary>Reads a tensor that was written as fixed into the existing tensor.</summary>
    public void Into(string name, Tensor tensor) => _file.ReadInto($"{_part}.{name}", tensor);

    /// <summary>Reads a tensor that was written as varying; the caller disposes of it.</summary>
    public Tensor Tensor(string name, Device device) => _file.Read($"{_part}.{name}", device);
}

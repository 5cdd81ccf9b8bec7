namespace Pix2Pix.Onnx;

/// <summary>A constant of a model that was read: TensorProto of onnx.proto.</summary>
internal sealed class OnnxConstant
{
    private const int DimensionsField = 1;
    private const int TypeField = 2;
    private const int FloatsField = 4;
    private const int NameField = 8;
    private const int RawField = 9;

    private readonly ProtoMessage _tensor;

    public OnnxConstant(ProtoMessage tensor)
    {
        _tensor = tensor;
        Name = tensor.Texts(NameField).FirstOrDefault() ?? string.Empty;
        Type = (int)tensor.Numbers(TypeField).FirstOrDefault();
        Dimensions = [.. tensor.Numbers(DimensionsField)];
    }

    /// <summary>Its name.</summary>
    public string Name { get; }

    /// <summary>The <see cref="OnnxType"/> of its values.</summary>
    public int Type { get; }

    /// <summary>None: a scalar.</summary>
    public IReadOnlyList<long> Dimensions { get; }

    /// <summary>The values of a constant of floats, in whichever of the two ways they are written; little endian.</summary>
    public ReadOnlyMemory<byte> FloatBytes => _tensor.Bytes(_tensor.Has(RawField) ? RawField : FloatsField).FirstOrDefault();

    /// <summary>The same values under another name.</summary>
    public OnnxConstant As(string name) => As(name, Dimensions);

    /// <summary>The same values under another name, in other dimensions.</summary>
    public OnnxConstant As(string name, IEnumerable<long> dimensions) => new(
        _tensor.Without(NameField).Without(DimensionsField).AddEach(DimensionsField, dimensions).Add(NameField, name));

    /// <summary>Other values under another name, in the same dimensions.</summary>
    public OnnxConstant With(string name, int type, ReadOnlyMemory<byte> values) => new(
        new ProtoMessage().AddEach(DimensionsField, Dimensions).Add(TypeField, (long)type).Add(NameField, name).Add(RawField, values));

    public ProtoMessage ToMessage() => _tensor;
}

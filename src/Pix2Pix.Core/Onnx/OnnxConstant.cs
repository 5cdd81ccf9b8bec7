namespace Pix2Pix.Onnx;

/// <summary>A constant read from a model: TensorProto in onnx.proto.</summary>
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

    /// <summary>The name of the constant.</summary>
    public string Name { get; }

    /// <summary>The <see cref="OnnxType"/> of its values.</summary>
    public int Type { get; }

    /// <summary>The dimensions; empty for a scalar.</summary>
    public IReadOnlyList<long> Dimensions { get; }

    /// <summary>The values of a float constant, from either of the two fields that can hold them, in little-endian order.</summary>
    public ReadOnlyMemory<byte> FloatBytes => _tensor.Bytes(_tensor.Has(RawField) ? RawField : FloatsField).FirstOrDefault();

    /// <summary>Returns the same values under another name.</summary>
    public OnnxConstant As(string name) => As(name, Dimensions);

    /// <summary>Returns the same values under another name, with other dimensions.</summary>
    public OnnxConstant As(string name, IEnumerable<long> dimensions) => new(
        _tensor.Without(NameField).Without(DimensionsField).AddEach(DimensionsField, dimensions).Add(NameField, name));

    /// <summary>Returns other values under another name, with the same dimensions.</summary>
    public OnnxConstant With(string name, int type, ReadOnlyMemory<byte> values) => new(
        new ProtoMessage().AddEach(DimensionsField, Dimensions).Add(TypeField, (long)type).Add(NameField, name).Add(RawField, values));

    public ProtoMessage ToMessage() => _tensor;
}

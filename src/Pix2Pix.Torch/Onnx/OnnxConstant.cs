namespace Pix2Pix.Torch.Onnx;

/// <summary>A constant of a model that was read: TensorProto of onnx.proto.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Type">The <see cref="OnnxType"/> of its values.</param>
/// <param name="Dimensions">None: a scalar.</param>
/// <param name="Values">The bytes of the values, little endian.</param>
internal sealed record OnnxConstant(string Name, int Type, IReadOnlyList<long> Dimensions, ReadOnlyMemory<byte> Values)
{
    private const int DimensionsField = 1;
    private const int TypeField = 2;
    private const int NameField = 8;
    private const int RawField = 9;

    public static OnnxConstant Read(ProtoMessage tensor) => new(
        tensor.Texts(NameField).FirstOrDefault() ?? string.Empty,
        (int)tensor.Numbers(TypeField).FirstOrDefault(),
        [.. tensor.Numbers(DimensionsField)],
        tensor.Bytes(RawField).FirstOrDefault());

    public ProtoMessage ToMessage()
        => new ProtoMessage().AddEach(DimensionsField, Dimensions).Add(TypeField, (long)Type).Add(NameField, Name).Add(RawField, Values);
}

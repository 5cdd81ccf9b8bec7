namespace Pix2Pix.Onnx;

/// <summary>
/// A model that was read in order to write it in another form. libtorch is not needed. The model references the bytes and does not copy
/// them.
/// </summary>
internal sealed class OnnxModel
{
    private const int GraphField = 7; // ModelProto
    private const int OpsetField = 8;
    private const int MetadataField = 14;
    private const int NodeField = 1; // GraphProto
    private const int ConstantField = 5;
    private const int InputField = 11;
    private const int OutputField = 12;

    private OnnxModel(ProtoMessage model)
    {
        var graph = model.Messages(GraphField).FirstOrDefault() ?? throw new InvalidDataException("The ONNX model has no graph.");
        Nodes = [.. graph.Messages(NodeField).Select(OnnxNode.Read)];
        Constants = [.. graph.Messages(ConstantField).Select(tensor => new OnnxConstant(tensor))];
        Inputs = [.. graph.Messages(InputField).Select(OnnxValue.Read)];
        Outputs = [.. graph.Messages(OutputField).Select(OnnxValue.Read)];
        Rest = model.Without(GraphField).Without(MetadataField);
        GraphRest = graph.Without(NodeField).Without(ConstantField).Without(InputField).Without(OutputField);
        Metadata = [.. model.Messages(MetadataField).Select(Pair)];
    }

    public IReadOnlyList<OnnxNode> Nodes { get; }

    public IReadOnlyList<OnnxConstant> Constants { get; }

    /// <summary>The inputs; constants may be among them.</summary>
    public IReadOnlyList<OnnxValue> Inputs { get; }

    public IReadOnlyList<OnnxValue> Outputs { get; }

    public IReadOnlyList<KeyValuePair<string, string>> Metadata { get; }

    /// <summary>The remaining fields of the model: versions, functions and more.</summary>
    public ProtoMessage Rest { get; }

    /// <summary>The remaining fields of the graph: its name and value information.</summary>
    public ProtoMessage GraphRest { get; }

    /// <summary>The opset version of the standard ONNX operators.</summary>
    /// <exception cref="InvalidDataException">The model does not specify one.</exception>
    public int Opset => (int)(Rest.Messages(OpsetField).FirstOrDefault(IsOnnx)?.Numbers(2).FirstOrDefault()
        ?? throw new InvalidDataException("The ONNX model names no version of ONNX's operators."));

    /// <summary>Reads the model from bytes.</summary>
    /// <exception cref="InvalidDataException">The bytes are not a valid ONNX model.</exception>
    public static OnnxModel Read(ReadOnlyMemory<byte> bytes) => new(ProtoMessage.Parse(bytes));

    /// <summary>Reads the model from a message.</summary>
    public static OnnxModel Read(ProtoMessage model) => new(model);

    private static bool IsOnnx(ProtoMessage opset) => opset.Texts(1).FirstOrDefault() is null or "" or "ai.onnx";

    private static KeyValuePair<string, string> Pair(ProtoMessage pair)
        => new(pair.Texts(1).FirstOrDefault() ?? string.Empty, pair.Texts(2).FirstOrDefault() ?? string.Empty);
}

/// <summary>A node read from a model: NodeProto in onnx.proto.</summary>
/// <param name="Inputs">The names of the input values.</param>
/// <param name="Outputs">The names of the output values.</param>
/// <param name="Type">The operator.</param>
/// <param name="Rest">The remaining fields: name and attributes.</param>
internal sealed record OnnxNode(IReadOnlyList<string> Inputs, IReadOnlyList<string> Outputs, string Type, ProtoMessage Rest)
{
    private const int InputField = 1;
    private const int OutputField = 2;
    private const int TypeField = 4;
    private const int AttributeField = 5;
    private const int AttributeFloatField = 2;
    private const int AttributeTensorField = 5; // AttributeProto

    public static OnnxNode Read(ProtoMessage node) => new(
        [.. node.Texts(InputField)],
        [.. node.Texts(OutputField)],
        node.Texts(TypeField).FirstOrDefault() ?? string.Empty,
        node.Without(InputField).Without(OutputField).Without(TypeField));

    /// <summary>The first tensor among the attributes (TensorProto), or null if there is none.</summary>
    public ProtoMessage? Tensor
        => Rest.Messages(AttributeField).SelectMany(attribute => attribute.Messages(AttributeTensorField)).FirstOrDefault();

    /// <summary>Returns the value of a float attribute, or a default value if the attribute is missing.</summary>
    public float Float(string name, float otherwise)
        => Rest.Messages(AttributeField).FirstOrDefault(attribute => attribute.Texts(1).FirstOrDefault() == name)?.Float(AttributeFloatField)
            ?? otherwise;

    public ProtoMessage ToMessage()
        => new ProtoMessage().AddEach(InputField, Inputs).AddEach(OutputField, Outputs).Add(TypeField, Type).AddAll(Rest);
}

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

namespace Pix2Pix.Onnx;

/// <summary>
/// A model that was read in order to write it in another form. libtorch is not needed. The model references the bytes and does not copy
/// them.
/// </summary>
internal sealed class OnnxModel
{
    private OnnxModel(ProtoMessage model)
    {
        var graph = model.Messages(ModelProto.Graph).FirstOrDefault() ?? throw new InvalidDataException("The ONNX model has no graph.");
        Nodes = [.. graph.Messages(GraphProto.Node).Select(OnnxNode.Read)];
        Constants = [.. graph.Messages(GraphProto.Initializer).Select(tensor => new OnnxConstant(tensor))];
        Inputs = [.. graph.Messages(GraphProto.Input).Select(OnnxValue.Read)];
        Outputs = [.. graph.Messages(GraphProto.Output).Select(OnnxValue.Read)];
        Rest = model.Without(ModelProto.Graph).Without(ModelProto.MetadataProps);
        GraphRest = graph
            .Without(GraphProto.Node).Without(GraphProto.Initializer).Without(GraphProto.Input).Without(GraphProto.Output);
        Metadata = [.. model.Messages(ModelProto.MetadataProps).Select(Pair)];
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
    public int Opset => (int)(Rest
        .Messages(ModelProto.OpsetImport).FirstOrDefault(IsOnnx)?.Numbers(OperatorSetIdProto.Version).FirstOrDefault()
        ?? throw new InvalidDataException("The ONNX model does not declare an opset version."));

    /// <summary>Reads the model from bytes.</summary>
    /// <exception cref="InvalidDataException">The bytes are not a valid ONNX model.</exception>
    public static OnnxModel Read(ReadOnlyMemory<byte> bytes) => new(ProtoMessage.Parse(bytes));

    /// <summary>Reads the model from a message.</summary>
    public static OnnxModel Read(ProtoMessage model) => new(model);

    private static bool IsOnnx(ProtoMessage opset) => opset.Text(OperatorSetIdProto.Domain) is "" or "ai.onnx";

    private static KeyValuePair<string, string> Pair(ProtoMessage pair)
        => new(pair.Text(StringStringEntryProto.Key), pair.Text(StringStringEntryProto.Value));
}

/// <summary>A node read from a model: NodeProto in onnx.proto.</summary>
/// <param name="Inputs">The names of the input values.</param>
/// <param name="Outputs">The names of the output values.</param>
/// <param name="Type">The operator.</param>
/// <param name="Rest">The remaining fields: name and attributes.</param>
internal sealed record OnnxNode(IReadOnlyList<string> Inputs, IReadOnlyList<string> Outputs, string Type, ProtoMessage Rest)
{
    public static OnnxNode Read(ProtoMessage node) => new(
        [.. node.Texts(NodeProto.Input)],
        [.. node.Texts(NodeProto.Output)],
        node.Text(NodeProto.OpType),
        node.Without(NodeProto.Input).Without(NodeProto.Output).Without(NodeProto.OpType));

    /// <summary>The first tensor among the attributes (TensorProto), or null if there is none.</summary>
    public ProtoMessage? Tensor
        => Rest.Messages(NodeProto.Attribute).SelectMany(attribute => attribute.Messages(AttributeProto.Tensor)).FirstOrDefault();

    /// <summary>Returns the value of a float attribute, or a default value if the attribute is missing.</summary>
    public float Float(string name, float otherwise)
        => Rest.Messages(NodeProto.Attribute)
            .FirstOrDefault(attribute => attribute.Text(AttributeProto.Name) == name)?.Float(AttributeProto.Float)
            ?? otherwise;

    public ProtoMessage ToMessage()
        => new ProtoMessage().AddEach(NodeProto.Input, Inputs).AddEach(NodeProto.Output, Outputs)
            .Add(NodeProto.OpType, Type).AddAll(Rest);
}

/// <summary>A constant read from a model: TensorProto in onnx.proto.</summary>
internal sealed class OnnxConstant
{
    private readonly ProtoMessage _tensor;

    public OnnxConstant(ProtoMessage tensor)
    {
        _tensor = tensor;
        Name = tensor.Text(TensorProto.Name);
        Type = (int)tensor.Numbers(TensorProto.DataType).FirstOrDefault();
        Dimensions = [.. tensor.Numbers(TensorProto.Dims)];
    }

    /// <summary>The name of the constant.</summary>
    public string Name { get; }

    /// <summary>The <see cref="OnnxType"/> of its values.</summary>
    public int Type { get; }

    /// <summary>The dimensions; empty for a scalar.</summary>
    public IReadOnlyList<long> Dimensions { get; }

    /// <summary>The values of a float constant, from either of the two fields that can contain them, in little-endian order.</summary>
    public ReadOnlyMemory<byte> FloatBytes => _tensor
        .Bytes(_tensor.Has(TensorProto.RawData) ? TensorProto.RawData : TensorProto.FloatData).FirstOrDefault();

    /// <summary>Returns the same values under another name.</summary>
    public OnnxConstant As(string name) => As(name, Dimensions);

    /// <summary>Returns the same values under another name, with other dimensions.</summary>
    public OnnxConstant As(string name, IEnumerable<long> dimensions) => new(
        _tensor.Without(TensorProto.Name).Without(TensorProto.Dims)
            .AddEach(TensorProto.Dims, dimensions).Add(TensorProto.Name, name));

    /// <summary>Returns other values under another name, with the same dimensions.</summary>
    public OnnxConstant With(string name, int type, ReadOnlyMemory<byte> values) => Of(name, type, Dimensions, values);

    /// <summary>Returns a constant with the given values, in little-endian order.</summary>
    public static OnnxConstant Of(string name, int type, IEnumerable<long> dimensions, ReadOnlyMemory<byte> values) => new(
        new ProtoMessage().AddEach(TensorProto.Dims, dimensions).Add(TensorProto.DataType, (long)type)
            .Add(TensorProto.Name, name).Add(TensorProto.RawData, values));

    public ProtoMessage ToMessage() => _tensor;
}

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

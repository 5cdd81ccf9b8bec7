namespace Pix2Pix.Torch.Onnx;

/// <summary>A model that <see cref="GeneratorExporter"/> wrote, read again: no libtorch is needed. It refers to the bytes.</summary>
internal sealed class OnnxModel
{
    private const int GraphField = 7; // ModelProto
    private const int MetadataField = 14;
    private const int NodeField = 1; // GraphProto
    private const int ConstantField = 5;

    private OnnxModel(ProtoMessage model)
    {
        var graph = model.Messages(GraphField).FirstOrDefault() ?? throw new InvalidDataException("The ONNX model has no graph.");
        Nodes = [.. graph.Messages(NodeField).Select(OnnxNode.Read)];
        Constants = [.. graph.Messages(ConstantField).Select(OnnxConstant.Read)];
        Metadata = [.. model.Messages(MetadataField).Select(pair => KeyValuePair.Create(pair.Texts(1).First(), pair.Texts(2).First()))];
    }

    public IReadOnlyList<OnnxNode> Nodes { get; }

    public IReadOnlyList<OnnxConstant> Constants { get; }

    public IReadOnlyList<KeyValuePair<string, string>> Metadata { get; }

    /// <summary>The model in these bytes.</summary>
    /// <exception cref="InvalidDataException">They are no ONNX model.</exception>
    public static OnnxModel Read(ReadOnlyMemory<byte> bytes) => new(ProtoMessage.Parse(bytes));

    /// <summary>The options under this key of the metadata.</summary>
    /// <exception cref="InvalidDataException">There is no such key, or its text cannot be read.</exception>
    public T Options<T>(string key)
        => Metadata.FirstOrDefault(pair => pair.Key == key).Value is { } json
            ? OptionsJson.Read<T>(json)
            : throw new InvalidDataException($"The ONNX model has no '{key}' in its metadata; expected a model of this library.");
}

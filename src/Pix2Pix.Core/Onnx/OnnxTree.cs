namespace Pix2Pix.Onnx;

/// <summary>
/// Finds the tensors and nodes of a model, wherever onnx.proto allows them: in graphs, nested graphs, functions and training graphs.
/// </summary>
internal static class OnnxTree
{
    /// <summary>The limit of protocol buffer libraries, including the one in ONNX Runtime.</summary>
    private const int MaxDepth = 100;

    private enum Kind
    {
        Model,
        Training,
        Function,
        Graph,
        Node,
        Attribute,
        SparseTensor,
        Tensor,
    }

    // The messages that contain tensors or nodes, by field number.
    private static readonly Dictionary<Kind, Dictionary<int, Kind>> Parts = new()
    {
        [Kind.Model] = new() { [ModelProto.Graph] = Kind.Graph, [20] = Kind.Training, [25] = Kind.Function },
        [Kind.Training] = new() { [1] = Kind.Graph, [2] = Kind.Graph },
        [Kind.Function] = new() { [7] = Kind.Node, [11] = Kind.Attribute },
        [Kind.Graph] = new() { [GraphProto.Node] = Kind.Node, [GraphProto.Initializer] = Kind.Tensor, [15] = Kind.SparseTensor },
        [Kind.Node] = new() { [NodeProto.Attribute] = Kind.Attribute },
        [Kind.Attribute] = new()
        {
            [AttributeProto.Tensor] = Kind.Tensor,
            [6] = Kind.Graph,
            [10] = Kind.Tensor,
            [11] = Kind.Graph,
            [22] = Kind.SparseTensor,
            [23] = Kind.SparseTensor,
        },
        [Kind.SparseTensor] = new() { [1] = Kind.Tensor, [2] = Kind.Tensor },
        [Kind.Tensor] = [],
    };

    /// <summary>Returns the model with each tensor and each node replaced by the result of a function.</summary>
    /// <param name="model">The model.</param>
    /// <param name="tensor">Replaces tensors; null to keep them.</param>
    /// <param name="node">Replaces nodes, after those of their subgraphs; null to keep them. Training graphs never run here.</param>
    /// <exception cref="InvalidDataException">The bytes are not a valid ONNX model, or a node would load another file.</exception>
    public static ProtoMessage Rewrite(
        ProtoMessage model, Func<ProtoMessage, ProtoMessage>? tensor = null, Func<ProtoMessage, ProtoMessage>? node = null)
        => Rewrite(model, Kind.Model, tensor ?? Same, node ?? Same, depth: 1);

    private static ProtoMessage Rewrite(
        ProtoMessage message, Kind kind, Func<ProtoMessage, ProtoMessage> tensor, Func<ProtoMessage, ProtoMessage> node, int depth)
    {
        if (kind == Kind.Tensor)
            return tensor(message);
        if (depth >= MaxDepth)
            throw new InvalidDataException($"The ONNX model has more than {MaxDepth} levels of nested messages.");
        // Execution providers load such a node's content from a file, which may be a library.
        if (kind == Kind.Node && message.Texts(NodeProto.OpType).Contains("EPContext"))
        {
            throw new InvalidDataException("The ONNX model contains an EPContext node, so it was compiled for one device; expected the " +
                "model that it was compiled from.");
        }

        if (kind == Kind.Training)
            node = Same;
        var changed = message.Map((field, part) => Parts[kind].TryGetValue(field, out var child)
            ? Rewrite(part(), child, tensor, node, depth + 1)
            : null);
        return kind == Kind.Node ? node(changed) : changed;
    }

    private static ProtoMessage Same(ProtoMessage message) => message;
}

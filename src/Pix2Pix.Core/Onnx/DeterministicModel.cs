namespace Pix2Pix.Onnx;

/// <summary>
/// Ensures that a model from another source translates an image in the same way in each call. Batch normalization in training mode uses
/// the statistics of the image instead of those of the batch. Models that draw random numbers are rejected.
/// </summary>
// ONNX Runtime writes the running statistics into its own weights, so translations would change from call to call.
internal sealed class DeterministicModel
{
    private const int MaxListed = 8;
    private const string Norm = "BatchNormalization";
    private const string Dropout = "Dropout";

    private static readonly HashSet<string> Random =
        ["Bernoulli", "Multinomial", "RandomNormal", "RandomNormalLike", "RandomUniform", "RandomUniformLike"];

    private readonly ProtoMessage _model;
    private readonly List<OnnxNode> _nodes = []; // of all graphs and functions
    private readonly ILookup<string, ProtoMessage> _tensors; // by the value's name; scopes are ignored
    private readonly ILookup<string, ProtoMessage> _attributes;
    private readonly HashSet<string> _used;

    private DeterministicModel(ProtoMessage model)
    {
        _model = model;
        List<(string Name, ProtoMessage Tensor)> tensors = [];
        OnnxTree.Rewrite(
            model,
            tensor =>
            {
                tensors.Add((tensor.Text(TensorProto.Name), tensor));
                return tensor;
            },
            node =>
            {
                _nodes.Add(OnnxNode.Read(node));
                return node;
            });
        _used = [.. _nodes.SelectMany(node => node.Inputs)];
        tensors.AddRange(_nodes
            .Where(node => node is { Type: "Constant", Outputs: [_], Tensor: not null }).Select(node => (node.Outputs[0], node.Tensor!)));
        _tensors = tensors.ToLookup(constant => constant.Name, constant => constant.Tensor);
        _attributes = _nodes.SelectMany(Attributes)
            .Concat(model.Messages(ModelProto.Functions).SelectMany(function => function.Messages(FunctionProto.AttributeProto)))
            .ToLookup(attribute => attribute.Text(AttributeProto.Name));
    }

    /// <summary>Returns the model with image statistics in place of batch statistics; the same model if it needs no change.</summary>
    /// <exception cref="InvalidDataException">Nodes draw random numbers, or batch statistics have further uses.</exception>
    public static ProtoMessage Of(ProtoMessage model)
    {
        var nodes = new DeterministicModel(model);
        Refuse(nodes._nodes.Select(node => nodes.CanRewrite(node) ? null : nodes.Problem(node)));
        return nodes._nodes.Exists(nodes.CanRewrite) ? nodes.Rewritten() : model;
    }

    /// <summary>Rejects a model that gives other results in each call, or other results for an image in another batch.</summary>
    /// <exception cref="InvalidDataException">Nodes draw random numbers or normalize by batch statistics.</exception>
    public static void Check(ProtoMessage model)
    {
        var nodes = new DeterministicModel(model);
        Refuse(nodes._nodes.Select(nodes.Problem));
    }

    private static void Refuse(IEnumerable<string?> problems)
    {
        string[] all = [.. problems.OfType<string>()];
        if (all.Length == 0)
            return;
        var more = all.Length > MaxListed ? $" and {all.Length - MaxListed} more" : string.Empty;
        throw new InvalidDataException(
            $"The ONNX model would give other results in each call, because of {string.Join(", ", all.Take(MaxListed))}{more}. Export it " +
            "in evaluation mode, for example after model.eval() in PyTorch, and without random noise.");
    }

    private static IEnumerable<ProtoMessage> Attributes(OnnxNode node) => node.Rest.Messages(NodeProto.Attribute);

    private static bool IsOnnx(OnnxNode node) => node.Rest.Text(NodeProto.Domain) is "" or "ai.onnx";

    private static bool IsZero(ProtoMessage tensor)
        => tensor.Has(TensorProto.RawData) || tensor.Float(TensorProto.FloatData) is null
            ? tensor.Bytes(tensor.Has(TensorProto.RawData) ? TensorProto.RawData : TensorProto.FloatData)
                .All(bytes => !bytes.Span.ContainsAnyExcept((byte)0)) && tensor.Numbers(TensorProto.Int32Data).All(number => number == 0)
            : tensor.Float(TensorProto.FloatData) == 0;

    // Functions may take the attribute from the node that calls them.
    private static string? Reference(ProtoMessage attribute)
        => attribute.Texts(AttributeProto.RefAttrName).FirstOrDefault(name => name.Length > 0);

    private string? Problem(OnnxNode node)
    {
        var problem = !IsOnnx(node) ? null
            : Random.Contains(node.Type) ? node.Type
            : (node.Type == Norm && Trains(node)) || (node.Type == Dropout && Drops(node)) ? $"{node.Type} in training mode"
            : null;
        return problem is null ? null : $"'{Name(node)}' ({problem})";
    }

    private static string Name(OnnxNode node)
        => node.Rest.Text(NodeProto.Name) is { Length: > 0 } name ? name : node.Outputs.FirstOrDefault() ?? string.Empty;

    // Before opset 14, the number of outputs was the mode.
    private bool Trains(OnnxNode norm) => norm.Outputs.Count(output => output.Length > 0) > 1 || Mode(norm) is { } mode && IsOn(mode);

    private static ProtoMessage? Mode(OnnxNode norm)
        => Attributes(norm).FirstOrDefault(attribute => attribute.Text(AttributeProto.Name) == "training_mode");

    private bool IsOn(ProtoMessage mode) => Reference(mode) is not { } name
        ? mode.Numbers(AttributeProto.Int).Any(number => number != 0)
        : _attributes[name].Any(given => Reference(given) is not null || given.Numbers(AttributeProto.Int).Any(number => number != 0));

    // A ratio of 0 drops nothing. Computed values are unknown.
    private bool Drops(OnnxNode dropout)
        => dropout.Inputs is [_, var ratio, { Length: > 0 } mode] && !IsKnownZero(mode) && !IsKnownZero(ratio);

    private bool IsKnownZero(string value) => _tensors.Contains(value) && _tensors[value].All(IsZero);

    private bool CanRewrite(OnnxNode node)
        => node.Type == Norm && IsOnnx(node) && node.Inputs.Count > 2 && Trains(node)
            && (Mode(node) is not { } mode || Reference(mode) is null)
            && !node.Outputs.Skip(1).Any(output => output.Length > 0 && _used.Contains(output));

    private ProtoMessage Rewritten()
    {
        var running = _nodes.Where(CanRewrite).SelectMany(norm => norm.Inputs.Skip(3)).ToHashSet();
        running.ExceptWith(_nodes.SelectMany(node => CanRewrite(node) ? node.Inputs.Take(3) : node.Inputs));
        return OnnxTree.Rewrite(_model, node: message => OnnxNode.Read(message) is var node && CanRewrite(node) ? OfImage(node) : message)
            .Map((field, graph) => field == ModelProto.Graph ? Without(graph(), running) : null);
    }

    private static ProtoMessage OfImage(OnnxNode norm)
    {
        var kept = Attributes(norm).Where(attribute => attribute.Text(AttributeProto.Name) == "epsilon");
        return new OnnxNode(
            [.. norm.Inputs.Take(3)],
            [.. norm.Outputs.Take(1)],
            NetworkNodes.Norm,
            norm.Rest.Without(NodeProto.Attribute).AddEach(NodeProto.Attribute, kept)).ToMessage();
    }

    // ONNX Runtime warns of constants that are not used.
    private static ProtoMessage Without(ProtoMessage graph, HashSet<string> constants) => graph.Without(GraphProto.Initializer).AddEach(
        GraphProto.Initializer,
        graph.Messages(GraphProto.Initializer).Where(tensor => !constants.Contains(tensor.Text(TensorProto.Name))));
}

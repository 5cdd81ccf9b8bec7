using System.Runtime.InteropServices;

namespace Pix2Pix.Onnx;

/// <summary>Builds an ONNX model: nodes in order, constants, inputs and outputs.</summary>
internal sealed class OnnxGraph
{
    /// <summary>The name of an optional input that is omitted.</summary>
    public const string Absent = "";

    /// <summary>IR version 8 and opset 17 (ONNX 1.12): old enough for ONNX Runtime 1.13, and new enough for all operators in use.</summary>
    private const int IrVersion = 8;

    private const int LeastIrVersion = 4;

    private const int DefaultOpset = 17;

    private readonly ProtoMessage _model;
    private readonly ProtoMessage _rest;
    private readonly List<ProtoMessage> _nodes = [];
    private readonly List<ProtoMessage> _constants = [];
    private readonly HashSet<string> _taken = [];
    private int _names;

    public OnnxGraph(string name)
    {
        Opset = DefaultOpset;
        _model = new ProtoMessage()
            .Add(ModelProto.IrVersion, (long)IrVersion)
            .Add(ModelProto.ProducerName, "Pix2Pix for .NET")
            .Add(
                ModelProto.OpsetImport,
                new ProtoMessage().Add(OperatorSetIdProto.Domain, string.Empty).Add(OperatorSetIdProto.Version, (long)DefaultOpset));
        _rest = new ProtoMessage().Add(GraphProto.Name, name);
    }

    /// <summary>
    /// Creates a graph that can contain parts of a model together with new nodes. New names do not collide with the model's.
    /// </summary>
    public OnnxGraph(OnnxModel model)
    {
        Opset = model.Opset;
        // Before IR version 4, constants also had to be listed among the inputs.
        var version = Math.Max(model.Rest.Numbers(ModelProto.IrVersion).FirstOrDefault(), LeastIrVersion);
        _model = model.Rest.Without(ModelProto.IrVersion).Add(ModelProto.IrVersion, version);
        _rest = model.GraphRest;
        _taken.UnionWith(model.Nodes.SelectMany(node => node.Inputs.Concat(node.Outputs)));
        _taken.UnionWith(model.Constants.Select(constant => constant.Name));
        _taken.UnionWith(model.Inputs.Select(input => input.Name));
    }

    /// <summary>The opset version of ONNX's operators.</summary>
    public int Opset { get; }

    /// <summary>Adds a node unchanged.</summary>
    public void Add(OnnxNode node) => _nodes.Add(node.ToMessage());

    /// <summary>Adds a constant.</summary>
    public void Add(OnnxConstant constant) => _constants.Add(constant.ToMessage());

    /// <summary>Adds a model's nodes and constants unchanged.</summary>
    public void Add(OnnxModel model)
    {
        foreach (var constant in model.Constants)
            Add(constant);
        foreach (var node in model.Nodes)
            Add(node);
    }

    /// <summary>Adds a node with one output and returns the output's name.</summary>
    public string Node(string type, string[] inputs, params ReadOnlySpan<OnnxAttribute> attributes)
        => NodeAs(NewName(type), type, inputs, attributes);

    /// <summary>Adds a node whose output has the given name.</summary>
    public string NodeAs(string output, string type, string[] inputs, params ReadOnlySpan<OnnxAttribute> attributes)
    {
        var node = new ProtoMessage().AddEach(NodeProto.Input, inputs).Add(NodeProto.Output, output)
            .Add(NodeProto.Name, output).Add(NodeProto.OpType, type);
        foreach (var attribute in attributes)
            node.Add(NodeProto.Attribute, attribute.ToMessage());
        _nodes.Add(node);
        return output;
    }

    /// <summary>Adds floats and returns their name. Without dimensions, the constant is a scalar.</summary>
    public string Constant(ReadOnlySpan<float> values, params ReadOnlySpan<long> dimensions)
        => Constant(MemoryMarshal.AsBytes(values).ToArray(), OnnxType.Float, dimensions);

    /// <summary>Adds doubles and returns their name. Without dimensions, the constant is a scalar.</summary>
    public string Doubles(ReadOnlySpan<double> values, params ReadOnlySpan<long> dimensions)
        => Constant(MemoryMarshal.AsBytes(values).ToArray(), OnnxType.Double, dimensions);

    /// <summary>Adds a list of integers and returns its name.</summary>
    public string Constant(params ReadOnlySpan<long> values)
        => Constant(MemoryMarshal.AsBytes(values).ToArray(), OnnxType.Int64, [values.Length]);

    /// <summary>Returns the finished model.</summary>
    /// <param name="inputs">The inputs of the model.</param>
    /// <param name="outputs">The outputs of the model.</param>
    /// <param name="metadata">Keys and values for metadata_props.</param>
    public ProtoMessage ToModel(
        IEnumerable<OnnxValue> inputs, IEnumerable<OnnxValue> outputs, IEnumerable<KeyValuePair<string, string>> metadata)
    {
        var graph = new ProtoMessage()
            .AddEach(GraphProto.Node, _nodes)
            .AddAll(_rest)
            .AddEach(GraphProto.Initializer, _constants)
            .AddEach(GraphProto.Input, inputs.Select(value => value.ToMessage()))
            .AddEach(GraphProto.Output, outputs.Select(value => value.ToMessage()));
        return new ProtoMessage()
            .AddAll(_model)
            .Add(ModelProto.Graph, ConstantNodes.Of(graph))
            .AddEach(ModelProto.MetadataProps, metadata.Select(pair => StringStringEntryProto.Of(pair.Key, pair.Value)));
    }

    private string NewName(string type)
    {
        string name;
        do
            name = $"{type}_{++_names}";
        while (_taken.Contains(name));
        return name;
    }

    private string Constant(byte[] values, int type, ReadOnlySpan<long> dimensions)
    {
        var name = NewName("Constant");
        _constants.Add(OnnxConstant.Of(name, type, dimensions.ToArray(), values).ToMessage());
        return name;
    }
}

/// <summary>
/// Replaces initializers by Constant nodes where ML.NET does not know their type, such as 16-bit floats. It refuses to save or load a model
/// with such initializers, but accepts the nodes.
/// </summary>
internal static class ConstantNodes
{
    /// <summary>Returns the graph with such initializers as nodes, or the same graph if there are none.</summary>
    public static ProtoMessage Of(ProtoMessage graph)
    {
        OnnxConstant[] constants = [.. graph.Messages(GraphProto.Initializer).Select(tensor => new OnnxConstant(tensor))];
        if (constants.All(IsKnown))
            return graph;
        return new ProtoMessage()
            .AddEach(GraphProto.Node, constants.Where(constant => !IsKnown(constant)).Select(Node)) // before the nodes that use them
            .AddAll(graph.Without(GraphProto.Initializer))
            .AddEach(GraphProto.Initializer, constants.Where(IsKnown).Select(constant => constant.ToMessage()));
    }

    // In the order of onnx.proto: float and integers, string, bool, float16, double, unsigned integers; then types that ML.NET lacks.
    private static bool IsKnown(OnnxConstant constant) => constant.Type is <= OnnxType.UInt64 and not OnnxType.Half;

    private static ProtoMessage Node(OnnxConstant constant) => new ProtoMessage()
        .Add(NodeProto.Output, constant.Name).Add(NodeProto.Name, constant.Name).Add(NodeProto.OpType, "Constant")
        .Add(NodeProto.Attribute, OnnxAttribute.Tensor("value", constant).ToMessage());
}

/// <summary>Adds operators in the form that the graph's opset defines, from opset 9 on.</summary>
internal static class OnnxGraphOps
{
    /// <summary>The channel axis of (N, C, H, W).</summary>
    public const int ChannelAxis = 1;

    private const int InputsForClipAndPad = 11;
    private const int InputsForSlice = 10;
    private const int AxesAsInputOfSum = 13;
    private const int AxesAsInputOfMean = 18;
    private const int HasRound = 11;

    /// <summary>Adds a node that converts values to the given <see cref="OnnxType"/>.</summary>
    public static string Cast(this OnnxGraph graph, string values, int type)
        => graph.Node("Cast", [values], OnnxAttribute.Int("to", type));

    /// <summary>Adds a node that selects channels of (N, C, H, W), in the given order.</summary>
    public static string Pick(this OnnxGraph graph, string values, params ReadOnlySpan<long> channels)
        => graph.Node("Gather", [values, graph.Constant(channels)], OnnxAttribute.Int("axis", ChannelAxis));

    /// <summary>Adds a node that sums the channels of (N, C, H, W) into one.</summary>
    public static string SumOfChannels(this OnnxGraph graph, string values)
        => graph.Opset >= AxesAsInputOfSum
            ? graph.Node("ReduceSum", [values, graph.Constant((long)ChannelAxis)], OnnxAttribute.Int("keepdims", 1))
            : graph.Node("ReduceSum", [values], OnnxAttribute.Ints("axes", ChannelAxis), OnnxAttribute.Int("keepdims", 1));

    /// <summary>Adds a node that computes the mean of each feature map: (N, C, 1, 1).</summary>
    public static string MeanOfMaps(this OnnxGraph graph, string values)
        => graph.Opset >= AxesAsInputOfMean
            ? graph.Node("ReduceMean", [values, graph.Constant(2L, 3L)], OnnxAttribute.Int("keepdims", 1))
            : graph.Node("ReduceMean", [values], OnnxAttribute.Ints("axes", 2, 3), OnnxAttribute.Int("keepdims", 1));

    /// <summary>Adds a node that slices channels of (N, C, H, W): from the first index up to, but not including, the second.</summary>
    public static string Channels(this OnnxGraph graph, string values, long from, long to)
        => graph.Opset >= InputsForSlice
            ? graph.Node("Slice", [values, graph.Constant(from), graph.Constant(to), graph.Constant(1L)])
            : graph.Node(
                "Slice", [values], OnnxAttribute.Ints("starts", from), OnnxAttribute.Ints("ends", to), OnnxAttribute.Ints("axes", 1));

    /// <summary>
    /// Adds nodes that round floats to integer levels and clamp them to 0 to 255. Halves are rounded to even, or up if the opset has no
    /// Round operator.
    /// </summary>
    public static string Levels(this OnnxGraph graph, string values)
    {
        var rounded = graph.Opset >= HasRound
            ? graph.Node("Round", [values])
            : graph.Node("Floor", [graph.Node("Add", [values, graph.Constant([0.5f])])]);
        return graph.Opset >= InputsForClipAndPad
            ? graph.Node("Clip", [rounded, graph.Constant([0f]), graph.Constant([255f])])
            : graph.Node("Clip", [rounded], OnnxAttribute.Float("min", 0), OnnxAttribute.Float("max", 255));
    }

    /// <summary>
    /// Adds a node that prepends an opaque alpha channel to (N, C, H, W) floats. Padding of bytes is not available on CUDA.
    /// </summary>
    public static string Opaque(this OnnxGraph graph, string colors)
        => graph.Opset >= InputsForClipAndPad
            ? graph.Node("Pad", [colors, graph.Constant(0L, 1L, 0L, 0L, 0L, 0L, 0L, 0L), graph.Constant([255f])])
            : graph.Node("Pad", [colors], OnnxAttribute.Ints("pads", 0, 1, 0, 0, 0, 0, 0, 0), OnnxAttribute.Float("value", 255));
}

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

    private const int IrVersionField = 1;

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
            .Add(IrVersionField, (long)IrVersion)
            .Add(2, "Pix2Pix for .NET")
            .Add(8, new ProtoMessage().Add(1, string.Empty).Add(2, (long)DefaultOpset));
        _rest = new ProtoMessage().Add(2, name);
    }

    /// <summary>
    /// Creates a graph that can contain parts of a model together with new nodes. New names do not collide with the model's.
    /// </summary>
    public OnnxGraph(OnnxModel model)
    {
        Opset = model.Opset;
        // Before IR version 4, constants also had to be listed among the inputs.
        var version = Math.Max(model.Rest.Numbers(IrVersionField).FirstOrDefault(), LeastIrVersion);
        _model = model.Rest.Without(IrVersionField).Add(IrVersionField, version);
        _rest = model.GraphRest;
        _taken.UnionWith(model.Nodes.SelectMany(node => node.Inputs.Concat(node.Outputs)));
        _taken.UnionWith(model.Constants.Select(constant => constant.Name));
        _taken.UnionWith(model.Inputs.Select(input => input.Name));
    }

    /// <summary>The opset version of ONNX's operators.</summary>
    public int Opset { get; }

    /// <summary>Adds a node unchanged.</summary>
    public void Add(OnnxNode node) => _nodes.Add(node.ToMessage());

    /// <summary>
    /// Adds a constant: 16-bit floats as a Constant node, other types as an initializer. ML.NET refuses to save a model with initializers
    /// of 16-bit floats, but accepts the node.
    /// </summary>
    public void Add(OnnxConstant constant)
    {
        if (constant.Type == OnnxType.Half)
            NodeAs(constant.Name, "Constant", [], OnnxAttribute.Tensor("value", constant));
        else
            _constants.Add(constant.ToMessage());
    }

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
        var node = new ProtoMessage().AddEach(1, inputs).Add(2, output).Add(3, output).Add(4, type);
        foreach (var attribute in attributes)
            node.Add(5, attribute.ToMessage());
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
            .AddEach(1, _nodes)
            .AddAll(_rest)
            .AddEach(5, _constants)
            .AddEach(11, inputs.Select(value => value.ToMessage()))
            .AddEach(12, outputs.Select(value => value.ToMessage()));
        return new ProtoMessage()
            .AddAll(_model)
            .Add(7, graph)
            .AddEach(14, metadata.Select(pair => new ProtoMessage().Add(1, pair.Key).Add(2, pair.Value)));
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
        _constants.Add(new ProtoMessage().AddEach(1, dimensions.ToArray()).Add(2, (long)type).Add(8, name).Add(9, values));
        return name;
    }
}

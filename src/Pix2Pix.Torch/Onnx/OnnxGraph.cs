using System.Runtime.InteropServices;

namespace Pix2Pix.Torch.Onnx;

/// <summary>An ONNX model under construction: nodes in order, constants, images of bytes in and out.</summary>
internal sealed class OnnxGraph
{
    /// <summary>The name of an optional input that is not given.</summary>
    public const string Absent = "";

    /// <summary>IR version 8 and opset 17 (ONNX 1.12): old enough for ONNX Runtime 1.13, new enough for all that is used.</summary>
    private const int IrVersion = 8;

    private const int Opset = 17;

    private readonly List<ProtoMessage> _nodes = [];
    private readonly List<ProtoMessage> _constants = [];
    private int _names;

    public OnnxGraph()
    {
    }

    /// <summary>A graph to put parts of a model into, and others between them, whose names are new.</summary>
    public OnnxGraph(OnnxModel model) => _names = model.Nodes.Count + model.Constants.Count;

    /// <summary>Puts a node in as it is.</summary>
    public void Add(OnnxNode node) => _nodes.Add(node.ToMessage());

    /// <summary>Puts a constant in as it is.</summary>
    public void Add(OnnxConstant constant) => _constants.Add(constant.ToMessage());

    /// <summary>Adds a node with one output, and returns its name.</summary>
    public string Node(string type, string[] inputs, params ReadOnlySpan<OnnxAttribute> attributes)
        => NodeAs($"{type}_{++_names}", type, inputs, attributes);

    /// <summary>Adds a node whose output has this name.</summary>
    public string NodeAs(string output, string type, string[] inputs, params ReadOnlySpan<OnnxAttribute> attributes)
    {
        var node = new ProtoMessage().AddEach(1, inputs).Add(2, output).Add(3, output).Add(4, type);
        foreach (var attribute in attributes)
            node.Add(5, attribute.ToMessage());
        _nodes.Add(node);
        return output;
    }

    /// <summary>Adds a node that makes values of this <see cref="OnnxType"/>.</summary>
    public string Cast(string values, int type) => Node("Cast", [values], OnnxAttribute.Int("to", type));

    /// <summary>Adds a node that sums the last of four axes, which stays with a length of 1.</summary>
    public string SumOfChannels(string values)
        => Node("ReduceSum", [values, Constant(3L)], OnnxAttribute.Int("keepdims", 1));

    /// <summary>Adds floats, and returns their name. No dimensions: a scalar.</summary>
    public string Constant(ReadOnlySpan<float> values, params ReadOnlySpan<long> dimensions)
        => Constant(MemoryMarshal.AsBytes(values).ToArray(), OnnxType.Float, dimensions);

    /// <summary>Adds doubles, and returns their name. No dimensions: a scalar.</summary>
    public string Doubles(ReadOnlySpan<double> values, params ReadOnlySpan<long> dimensions)
        => Constant(MemoryMarshal.AsBytes(values).ToArray(), OnnxType.Double, dimensions);

    /// <summary>Adds a list of integers, and returns its name.</summary>
    public string Constant(params ReadOnlySpan<long> values)
        => Constant(MemoryMarshal.AsBytes(values).ToArray(), OnnxType.Int64, [values.Length]);

    /// <summary>The finished model.</summary>
    /// <param name="name">The graph's name.</param>
    /// <param name="inputs">What it takes.</param>
    /// <param name="outputs">What it gives.</param>
    /// <param name="metadata">Keys and values for metadata_props.</param>
    public ProtoMessage ToModel(
        string name, IEnumerable<OnnxValue> inputs, IEnumerable<OnnxValue> outputs, IEnumerable<KeyValuePair<string, string>> metadata)
    {
        var graph = new ProtoMessage()
            .AddEach(1, _nodes)
            .Add(2, name)
            .AddEach(5, _constants)
            .AddEach(11, inputs.Select(value => value.ToMessage()))
            .AddEach(12, outputs.Select(value => value.ToMessage()));
        return new ProtoMessage()
            .Add(1, (long)IrVersion)
            .Add(2, "Pix2Pix for .NET")
            .Add(7, graph)
            .Add(8, new ProtoMessage().Add(1, string.Empty).Add(2, (long)Opset))
            .AddEach(14, metadata.Select(pair => new ProtoMessage().Add(1, pair.Key).Add(2, pair.Value)));
    }

    private string Constant(byte[] values, int type, ReadOnlySpan<long> dimensions)
    {
        var name = $"Constant_{++_names}";
        _constants.Add(new ProtoMessage().AddEach(1, dimensions.ToArray()).Add(2, (long)type).Add(8, name).Add(9, values));
        return name;
    }
}

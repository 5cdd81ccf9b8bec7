using System.Runtime.InteropServices;

namespace Pix2Pix.Torch.Onnx;

/// <summary>An ONNX model under construction: nodes in order, constants, one input and one output of bytes.</summary>
internal sealed class OnnxGraph
{
    /// <summary>The name of an optional input that is not given.</summary>
    public const string Absent = "";

    /// <summary>IR version 8 and opset 17 (ONNX 1.12): old enough for ONNX Runtime 1.13, new enough for all that is used.</summary>
    private const int IrVersion = 8;

    private const int Opset = 17;

    private const int Float = 1; // TensorProto.DataType
    private const int UInt8 = 2;
    private const int Int64 = 7;

    private readonly List<ProtoMessage> _nodes = [];
    private readonly List<ProtoMessage> _constants = [];
    private int _names;

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

    /// <summary>Adds floats, and returns their name. No dimensions: a scalar.</summary>
    public string Constant(ReadOnlySpan<float> values, params ReadOnlySpan<long> dimensions)
        => Constant(MemoryMarshal.AsBytes(values).ToArray(), Float, dimensions);

    /// <summary>Adds a list of integers, and returns its name.</summary>
    public string Constant(params ReadOnlySpan<long> values)
        => Constant(MemoryMarshal.AsBytes(values).ToArray(), Int64, [values.Length]);

    /// <summary>The finished model.</summary>
    /// <param name="name">The graph's name.</param>
    /// <param name="input">The name of the input, uint8 (N, height, width, channels).</param>
    /// <param name="output">The name of the output, uint8 (N, height, width, channels).</param>
    /// <param name="height">In pixels.</param>
    /// <param name="width">In pixels.</param>
    /// <param name="channels">Of input and output.</param>
    /// <param name="metadata">Keys and values for metadata_props.</param>
    public ProtoMessage ToModel(
        string name, string input, string output, int height, int width, int channels,
        IEnumerable<KeyValuePair<string, string>> metadata)
    {
        ProtoMessage Bytes(string value) => new ProtoMessage().Add(1, value).Add(2, new ProtoMessage().Add(1, new ProtoMessage()
            .Add(1, UInt8)
            .Add(2, new ProtoMessage()
                .Add(1, new ProtoMessage().Add(2, "N"))
                .AddEach(1, new[] { height, width, channels }.Select(d => new ProtoMessage().Add(1, (long)d))))));

        var graph = new ProtoMessage()
            .AddEach(1, _nodes)
            .Add(2, name)
            .AddEach(5, _constants)
            .Add(11, Bytes(input))
            .Add(12, Bytes(output));
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

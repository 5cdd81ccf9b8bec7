using Pix2Pix.Onnx;

namespace Pix2Pix.ML.Tests.Inference;

/// <summary>ONNX models of 32x32 RGB images, with some nodes in the place of choice. Field numbers are those of onnx.proto.</summary>
internal static class ForeignGraph
{
    public const int Side = 32;

    public static readonly string[] Places = ["graph", "if", "loop", "scan", "function"];

    /// <summary>A model that computes "result" from "picture" by the nodes that the function gives for the two names.</summary>
    public static byte[] Model(Func<string, string, ProtoMessage[]> nodes, ProtoMessage[] constants, string place = "graph", long opset = 17)
    {
        var graph = new ProtoMessage().AddEach(GraphProto.Node, place switch
        {
            "graph" => nodes("picture", "result"),
            "if" =>
            [
                Node("If", ["yes"], ["result"])
                    .Add(NodeProto.Attribute, Branch("then_branch", Body("branch", [], [Maps("y")], nodes("picture", "y"))))
                    .Add(NodeProto.Attribute, Branch("else_branch", Body("other", [], [Maps("z")], [Node("Identity", ["picture"], ["z"])]))),
            ],
            "loop" =>
            [
                Node("Loop", ["one", "yes", "picture"], ["result"]).Add(NodeProto.Attribute, Branch("body", Body(
                    "body",
                    [new("i", OnnxType.Int64), new("go", Bool), Maps("x")],
                    [new("go on", Bool), Maps("y")],
                    [Node("Identity", ["go"], ["go on"]), .. nodes("x", "y")]))),
            ],
            "scan" =>
            [
                Node("Scan", ["picture", "ones"], ["result"], OnnxAttribute.Int("num_scan_inputs", 1)).Add(NodeProto.Attribute, Branch(
                    "body", Body("body", [Maps("x"), new("i", OnnxType.Int64)], [Maps("y")], nodes("x", "y")))),
            ],
            _ => [Node("Layer", ["picture", .. constants.Select(Name)], ["result"]).Add(NodeProto.Domain, "test")],
        });
        return Bytes(new ProtoMessage()
            .Add(ModelProto.IrVersion, 8L)
            .Add(ModelProto.Graph, graph
                .Add(GraphProto.Name, "elsewhere")
                .AddEach(GraphProto.Initializer, constants)
                .AddEach(GraphProto.Initializer, place is "if" or "loop" ? [Tensor("yes", Bool, [], [1])] : [])
                .AddEach(GraphProto.Initializer, place is "loop" ? [Tensor("one", OnnxType.Int64, [], BitConverter.GetBytes(1L))] : [])
                .AddEach(GraphProto.Initializer, place is "scan" ? [Tensor("ones", OnnxType.Int64, [1], BitConverter.GetBytes(1L))] : [])
                .Add(GraphProto.Input, Maps("picture").ToMessage())
                .Add(GraphProto.Output, Maps("result").ToMessage()))
            .Add(ModelProto.OpsetImport, Opset(string.Empty, opset))
            .Add(ModelProto.OpsetImport, Opset("test", 1))
            .AddEach(ModelProto.Functions, place == "function" ? [Function(nodes("x", "y"), opset, constants)] : []));
    }

    public static ProtoMessage Node(string type, string[] inputs, string[] outputs, params ReadOnlySpan<OnnxAttribute> attributes)
    {
        var node = new ProtoMessage().AddEach(NodeProto.Input, inputs).AddEach(NodeProto.Output, outputs)
            .Add(NodeProto.Name, $"{type} of {outputs[0]}").Add(NodeProto.OpType, type);
        foreach (var attribute in attributes)
            node.Add(NodeProto.Attribute, attribute.ToMessage());
        return node;
    }

    public static ProtoMessage Tensor(string name, int type, long[] dimensions, byte[] bytes)
        => OnnxConstant.Of(name, type, dimensions, bytes).ToMessage();

    public static ProtoMessage Floats(string name, params float[] values)
        => Tensor(name, OnnxType.Float, [values.Length], [.. values.SelectMany(BitConverter.GetBytes)]);

    public static ProtoMessage Flag(string name, bool value) => Tensor(name, Bool, [], [value ? (byte)1 : (byte)0]);

    public static byte[] Bytes(ProtoMessage message)
    {
        using var stream = new MemoryStream();
        message.WriteTo(stream);
        return stream.ToArray();
    }

    private const int Bool = 9;

    private static ProtoMessage Function(ProtoMessage[] nodes, long opset, ProtoMessage[] constants) => new ProtoMessage()
        .Add(1, "Layer").AddEach(4, ["x", .. constants.Select(Name)]).Add(5, "y").AddEach(7, nodes).Add(9, Opset(string.Empty, opset)).Add(10, "test");

    private static ProtoMessage Opset(string domain, long version)
        => new ProtoMessage().Add(OperatorSetIdProto.Domain, domain).Add(OperatorSetIdProto.Version, version);

    private static ProtoMessage Branch(string name, ProtoMessage graph)
        => new ProtoMessage().Add(AttributeProto.Name, name).Add(6, graph).Add(AttributeProto.Type, 5L);

    private static ProtoMessage Body(string name, OnnxValue[] inputs, OnnxValue[] outputs, ProtoMessage[] nodes) => new ProtoMessage()
        .AddEach(GraphProto.Node, nodes)
        .Add(GraphProto.Name, name)
        .AddEach(GraphProto.Input, inputs.Select(value => value.ToMessage()))
        .AddEach(GraphProto.Output, outputs.Select(value => value.ToMessage()));

    private static OnnxValue Maps(string name) => OnnxValue.Maps(name, 3, (Side, Side));

    private static string Name(ProtoMessage tensor) => tensor.Text(TensorProto.Name);
}

using Google.Protobuf;

namespace Pix2Pix.Torch.Tests.Export;

/// <summary>The parts of an ONNX file that tests inspect, read by the field numbers of onnx.proto.</summary>
internal sealed class OnnxFile
{
    public OnnxFile(byte[] bytes)
    {
        foreach (var (field, value) in Fields(bytes))
        {
            switch (field)
            {
                case 1:
                    IrVersion = (long)value;
                    break;
                case 2:
                    Producer = ((ByteString)value).ToStringUtf8();
                    break;
                case 7:
                    Nodes = [.. Fields(Bytes(value)).Where(f => f.Field == 1).Select(OpType)];
                    break;
                case 8:
                    Opset = (long)Fields(Bytes(value)).Single(f => f.Field == 2).Value;
                    break;
            }
        }
    }

    public long IrVersion { get; }

    public string Producer { get; } = string.Empty;

    public long Opset { get; }

    /// <summary>The operators, in order.</summary>
    public IReadOnlyList<string> Nodes { get; } = [];

    private static string OpType((int Field, object Value) node)
        => ((ByteString)Fields(Bytes(node.Value)).Single(f => f.Field == 4).Value).ToStringUtf8();

    private static byte[] Bytes(object value) => ((ByteString)value).ToByteArray();

    private static IEnumerable<(int Field, object Value)> Fields(byte[] message)
    {
        using var input = new CodedInputStream(message);
        while (input.ReadTag() is > 0 and var tag)
        {
            object value = WireFormat.GetTagWireType(tag) switch
            {
                WireFormat.WireType.Varint => input.ReadInt64(),
                WireFormat.WireType.LengthDelimited => input.ReadBytes(),
                var other => throw new InvalidDataException($"Unexpected wire type {other}."),
            };
            yield return (WireFormat.GetTagFieldNumber(tag), value);
        }
    }
}

using System.Buffers.Binary;
using System.Text;

namespace Pix2Pix.Torch.Tests.Import;

/// <summary>Builds pickles, instruction by instruction.</summary>
internal static class PickleBytes
{
    /// <summary>The protocol instruction, the given instructions, and the end.</summary>
    public static byte[] Pickle(params byte[][] instructions) => [0x80, 2, .. instructions.SelectMany(i => i), (byte)'.'];

    /// <summary>Instructions of one character each, and lines of text.</summary>
    public static byte[] Code(string text) => Encoding.Latin1.GetBytes(text);

    public static byte[] Global(string module, string name) => Code($"c{module}\n{name}\n");

    public static byte[] Text(string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        return [(byte)'X', .. BitConverter.GetBytes(bytes.Length), .. bytes];
    }

    public static byte[] Int(long value)
    {
        var bytes = new byte[10];
        (bytes[0], bytes[1]) = (0x8A, 8);
        BinaryPrimitives.WriteInt64LittleEndian(bytes.AsSpan(2), value);
        return bytes;
    }

    public static byte[] Tuple(params byte[][] items) => [(byte)'(', .. items.SelectMany(i => i), (byte)'t'];

    /// <summary>A dict with a name and the value of the instructions.</summary>
    public static byte[] Dictionary(params (string Name, byte[] Value)[] items)
        => [.. Code("}("), .. items.SelectMany(i => (byte[])[.. Text(i.Name), .. i.Value]), (byte)'u'];

    public static byte[] Storage(string key, long count, string type = "FloatStorage")
        => [.. Tuple(Text("storage"), Global("torch", type), Text(key), Text("cpu"), Int(count)), (byte)'Q'];

    public static byte[] Tensor(byte[] storage, long offset, long[] shape, long[] strides) =>
    [
        .. Global("torch._utils", "_rebuild_tensor_v2"),
        .. Tuple(storage, Int(offset), Numbers(shape), Numbers(strides), [0x89], [.. Global("collections", "OrderedDict"), .. Code(")R")]),
        (byte)'R',
    ];

    public static byte[] Numbers(long[] numbers) => Tuple([.. numbers.Select(Int)]);
}

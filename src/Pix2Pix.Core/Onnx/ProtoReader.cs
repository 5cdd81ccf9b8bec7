using System.Runtime.InteropServices;
using Google.Protobuf;
using static Google.Protobuf.WireFormat;

namespace Pix2Pix.Onnx;

/// <summary>Reads the fields of a protocol buffer message. The values reference the message's bytes.</summary>
internal sealed class ProtoReader
{
    private readonly ReadOnlyMemory<byte> _bytes;
    private readonly ArraySegment<byte> _array;
    private readonly CodedInputStream _input;
    private readonly long _start;

    public ProtoReader(ReadOnlyMemory<byte> bytes)
    {
        _bytes = bytes;
        _array = MemoryMarshal.TryGetArray(bytes, out var array) ? array : bytes.ToArray();
        _input = new CodedInputStream(_array.Array, _array.Offset, _array.Count);
        _start = _input.Position;
    }

    private int Position => (int)(_input.Position - _start);

    /// <summary>Returns the integers of a packed field.</summary>
    /// <exception cref="InvalidDataException">The field is truncated.</exception>
    public static IReadOnlyList<long> Packed(ByteString bytes)
    {
        var input = bytes.CreateCodedInput();
        List<long> numbers = [];
        try
        {
            while (!input.IsAtEnd)
                numbers.Add(input.ReadInt64());
        }
        catch (InvalidProtocolBufferException e)
        {
            throw new InvalidDataException($"A list of integers in the model cannot be read: {e.Message}", e);
        }

        return numbers;
    }

    /// <summary>Reads the next field: a long, a float or a <see cref="ByteString"/>. Returns false after the last one.</summary>
    public bool Next(out int field, out object value)
    {
        var tag = _input.ReadTag();
        field = GetTagFieldNumber(tag);
        value = tag == 0 ? 0L : GetTagWireType(tag) switch
        {
            WireType.Varint => _input.ReadInt64(),
            WireType.Fixed32 => _input.ReadFloat(),
            WireType.LengthDelimited => Slice(),
            var type => throw new InvalidDataException($"Field {field} of a message has the wire type {type}; ONNX uses none such here."),
        };
        return tag != 0;
    }

    // CodedInputStream would copy the bytes, and a model has hundreds of millions of them.
    private ByteString Slice()
    {
        var from = Position;
        _input.SkipLastField();
        var to = Position;
        var length = new CodedInputStream(_array.Array, _array.Offset + from, to - from).ReadLength();
        return UnsafeByteOperations.UnsafeWrap(_bytes.Slice(to - length, length));
    }
}

using System.Text;
using Google.Protobuf;
using static Google.Protobuf.WireFormat;

namespace Pix2Pix.Onnx;

/// <summary>
/// A protocol buffer message as a list of fields. It supports the part of the wire format that ONNX uses. The field numbers are defined in
/// onnx.proto (github.com/onnx/onnx, Apache-2.0). Bytes are referenced, not copied, until they are written.
/// </summary>
internal sealed class ProtoMessage
{
    private readonly List<(int Field, object Value)> _fields = [];

    /// <summary>
    /// Parses a message. The result references the bytes. Nested messages are parsed on demand. 64-bit fixed-width numbers and groups are
    /// rejected; ONNX does not use them in the fields that are read here.
    /// </summary>
    /// <exception cref="InvalidDataException">The bytes are not a valid message.</exception>
    public static ProtoMessage Parse(ReadOnlyMemory<byte> bytes)
    {
        var message = new ProtoMessage();
        try
        {
            var reader = new ProtoReader(bytes);
            while (reader.Next(out var field, out var value))
                message._fields.Add((field, value));
        }
        catch (InvalidProtocolBufferException e)
        {
            throw new InvalidDataException($"The bytes are no protocol buffer: {e.Message}", e);
        }

        return message;
    }

    /// <summary>Returns whether the message has the field.</summary>
    public bool Has(int field) => _fields.Exists(f => f.Field == field);

    /// <summary>Returns the messages of a field.</summary>
    public IEnumerable<ProtoMessage> Messages(int field) => _fields.Where(f => f.Field == field).Select(f => f.Value as ProtoMessage
        ?? Parse(Bytes(f.Field, f.Value)));

    /// <summary>Returns the strings of a field.</summary>
    public IEnumerable<string> Texts(int field) => Bytes(field).Select(bytes => Encoding.UTF8.GetString(bytes.Span));

    /// <summary>Returns the bytes of a field.</summary>
    public IEnumerable<ReadOnlyMemory<byte>> Bytes(int field)
        => _fields.Where(f => f.Field == field).Select(f => Bytes(field, f.Value));

    /// <summary>Returns the integers of a field, whether repeated or packed.</summary>
    public IEnumerable<long> Numbers(int field)
        => _fields.Where(f => f.Field == field).SelectMany(f => f.Value switch
        {
            long number => [number],
            ByteString bytes => ProtoReader.Packed(bytes),
            _ => throw new InvalidDataException($"Field {field} of a message holds a float; expected an integer."),
        });

    /// <summary>Returns the float of a field, or null if it has none.</summary>
    public float? Float(int field) => _fields.Where(f => f.Field == field).Select(f => f.Value as float?).FirstOrDefault();

    /// <summary>Returns a message with all other fields of this one.</summary>
    public ProtoMessage Without(int field)
    {
        var message = new ProtoMessage();
        message._fields.AddRange(_fields.Where(f => f.Field != field));
        return message;
    }

    /// <summary>Adds an integer, an enum value or a boolean.</summary>
    public ProtoMessage Add(int field, long value) => With(field, value);

    /// <summary>Adds a float.</summary>
    public ProtoMessage Add(int field, float value) => With(field, value);

    /// <summary>Adds a UTF-8 string.</summary>
    public ProtoMessage Add(int field, string value) => Add(field, Encoding.UTF8.GetBytes(value));

    /// <summary>Adds bytes.</summary>
    public ProtoMessage Add(int field, ReadOnlyMemory<byte> value) => With(field, UnsafeByteOperations.UnsafeWrap(value));

    /// <summary>Adds a message.</summary>
    public ProtoMessage Add(int field, ProtoMessage value) => With(field, value);

    /// <summary>Adds a message for each value.</summary>
    public ProtoMessage AddEach(int field, IEnumerable<ProtoMessage> values)
    {
        foreach (var value in values)
            Add(field, value);
        return this;
    }

    /// <summary>Adds the fields of another message.</summary>
    public ProtoMessage AddAll(ProtoMessage other)
    {
        _fields.AddRange(other._fields);
        return this;
    }

    /// <summary>Adds an integer for each value.</summary>
    public ProtoMessage AddEach(int field, IEnumerable<long> values)
    {
        foreach (var value in values)
            Add(field, value);
        return this;
    }

    /// <summary>Adds a string for each value.</summary>
    public ProtoMessage AddEach(int field, IEnumerable<string> values)
    {
        foreach (var value in values)
            Add(field, value);
        return this;
    }

    /// <summary>Writes the fields without a length prefix.</summary>
    public void WriteTo(Stream stream)
    {
        using var output = new CodedOutputStream(stream, leaveOpen: true);
        Write(output);
        output.Flush();
    }

    private static ReadOnlyMemory<byte> Bytes(int field, object value) => value is ByteString bytes
        ? bytes.Memory
        : throw new InvalidDataException($"Field {field} of a message holds a number; expected bytes.");

    private ProtoMessage With(int field, object value)
    {
        _fields.Add((field, value));
        return this;
    }

    private int Length() => _fields.Sum(f => CodedOutputStream.ComputeTagSize(f.Field) + f.Value switch
    {
        long number => CodedOutputStream.ComputeInt64Size(number),
        float => CodedOutputStream.ComputeFloatSize(0),
        ByteString bytes => CodedOutputStream.ComputeBytesSize(bytes),
        ProtoMessage message => LengthWithPrefix(message.Length()),
        _ => throw new InvalidOperationException($"Field {f.Field} has no wire type."),
    });

    private static int LengthWithPrefix(int length) => CodedOutputStream.ComputeLengthSize(length) + length;

    private void Write(CodedOutputStream output)
    {
        foreach (var (field, value) in _fields)
        {
            switch (value)
            {
                case long number:
                    output.WriteTag(field, WireType.Varint);
                    output.WriteInt64(number);
                    break;
                case float number:
                    output.WriteTag(field, WireType.Fixed32);
                    output.WriteFloat(number);
                    break;
                case ByteString bytes:
                    output.WriteTag(field, WireType.LengthDelimited);
                    output.WriteBytes(bytes);
                    break;
                case ProtoMessage message:
                    output.WriteTag(field, WireType.LengthDelimited);
                    output.WriteLength(message.Length());
                    message.Write(output);
                    break;
            }
        }
    }
}

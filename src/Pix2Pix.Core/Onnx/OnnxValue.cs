namespace Pix2Pix.Onnx;

/// <summary>
/// An input or output of a model: its name, its <see cref="OnnxType"/> and its dimensions, each a number (long) or a name. Without
/// dimensions, the value is a scalar or the model does not specify them.
/// </summary>
internal sealed record OnnxValue(string Name, int Type, params object[] Dimensions)
{
    private const string Batch = "N";

    /// <summary>Images as bytes, (N, height, width, channels); of any size if no size is given.</summary>
    public static OnnxValue Images(string name, int channels, (int Height, int Width)? size = null, int? batch = null)
    {
        object images = batch is { } count ? (long)count : Batch;
        return size is { } s
            ? new(name, OnnxType.UInt8, images, (long)s.Height, (long)s.Width, (long)channels)
            : new(name, OnnxType.UInt8, images, "H", "W", (long)channels);
    }

    /// <summary>Feature maps as floats, (N, channels, height, width); of any size if no size is given.</summary>
    public static OnnxValue Maps(string name, int channels, (int Height, int Width)? size)
        => size is { } s
            ? new(name, OnnxType.Float, Batch, (long)channels, (long)s.Height, (long)s.Width)
            : new(name, OnnxType.Float, Batch, (long)channels, "H", "W");

    public static OnnxValue Read(ProtoMessage value)
    {
        var tensor = value.Messages(ValueInfoProto.Type).FirstOrDefault()?.Messages(TypeProto.TensorType).FirstOrDefault();
        var shape = tensor?.Messages(TypeProto.Shape).FirstOrDefault();
        return new OnnxValue(
            value.Text(ValueInfoProto.Name),
            (int)(tensor?.Numbers(TypeProto.ElemType).FirstOrDefault() ?? 0),
            [.. shape?.Messages(TensorShapeProto.Dim).Select(Dimension) ?? []]);
    }

    /// <summary>Returns the length of a dimension, or null if it is dynamic.</summary>
    public long? Length(int dimension) => Dimensions[dimension] as long?;

    public ProtoMessage ToMessage()
    {
        var shape = new ProtoMessage().AddEach(TensorShapeProto.Dim, Dimensions.Select(dimension => dimension is string name
            ? new ProtoMessage().Add(TensorShapeProto.DimParam, name)
            : new ProtoMessage().Add(TensorShapeProto.DimValue, (long)dimension)));
        var tensor = new ProtoMessage().Add(TypeProto.ElemType, Type).Add(TypeProto.Shape, shape);
        return new ProtoMessage().Add(ValueInfoProto.Name, Name)
            .Add(ValueInfoProto.Type, new ProtoMessage().Add(TypeProto.TensorType, tensor));
    }

    /// <summary>Returns the text used in messages, such as: 'input' float [N, 3, 256, 256].</summary>
    public override string ToString() => $"'{Name}' {OnnxType.Name(Type)} [{string.Join(", ", Dimensions)}]";

    // Some exporters write a length of 0 or below for a dynamic dimension.
    private static object Dimension(ProtoMessage dimension)
        => dimension.Numbers(TensorShapeProto.DimValue).FirstOrDefault() is var length and > 0
            ? length
            : dimension.Texts(TensorShapeProto.DimParam).FirstOrDefault() ?? "?";
}

/// <summary>The tensor types in use: TensorProto.DataType in onnx.proto.</summary>
internal static class OnnxType
{
    public const int Float = 1;
    public const int UInt8 = 2;
    public const int Int8 = 3;
    public const int Int32 = 6;
    public const int Int64 = 7;
    public const int Half = 10;
    public const int Double = 11;
    public const int UInt64 = 13;

    /// <summary>Returns the name of the type for messages.</summary>
    public static string Name(int type) => type switch
    {
        Float => "float",
        UInt8 => "uint8",
        Int8 => "int8",
        Int32 => "int32",
        Int64 => "int64",
        Half => "float16",
        Double => "double",
        _ => $"type {type}",
    };
}

/// <summary>An attribute of an ONNX node: a number, a string, a list of integers or a tensor.</summary>
internal readonly record struct OnnxAttribute
{
    private const int FloatType = 1; // AttributeProto.AttributeType
    private const int IntType = 2;
    private const int StringType = 3;
    private const int TensorType = 4;
    private const int IntsType = 7;

    private readonly string _name;
    private readonly object _value;

    private OnnxAttribute(string name, object value)
    {
        _name = name;
        _value = value;
    }

    public static OnnxAttribute Float(string name, double value) => new(name, (float)value);

    public static OnnxAttribute Int(string name, long value) => new(name, value);

    public static OnnxAttribute String(string name, string value) => new(name, value);

    public static OnnxAttribute Ints(string name, params long[] values) => new(name, values);

    public static OnnxAttribute Tensor(string name, OnnxConstant value) => new(name, value);

    public ProtoMessage ToMessage()
    {
        var message = new ProtoMessage().Add(AttributeProto.Name, _name);
        return _value switch
        {
            float value => message.Add(AttributeProto.Float, value).Add(AttributeProto.Type, FloatType),
            long value => message.Add(AttributeProto.Int, value).Add(AttributeProto.Type, IntType),
            string value => message.Add(AttributeProto.String, value).Add(AttributeProto.Type, StringType),
            OnnxConstant value => message.Add(AttributeProto.Tensor, value.ToMessage()).Add(AttributeProto.Type, TensorType),
            _ => message.AddEach(AttributeProto.Ints, (long[])_value).Add(AttributeProto.Type, IntsType),
        };
    }
}

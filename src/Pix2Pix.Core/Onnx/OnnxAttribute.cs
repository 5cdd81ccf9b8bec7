namespace Pix2Pix.Onnx;

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
        var message = new ProtoMessage().Add(1, _name);
        return _value switch
        {
            float value => message.Add(2, value).Add(20, FloatType),
            long value => message.Add(3, value).Add(20, IntType),
            string value => message.Add(4, value).Add(20, StringType),
            OnnxConstant value => message.Add(5, value.ToMessage()).Add(20, TensorType),
            _ => message.AddEach(8, (long[])_value).Add(20, IntsType),
        };
    }
}

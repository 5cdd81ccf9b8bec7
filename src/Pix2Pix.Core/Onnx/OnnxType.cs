namespace Pix2Pix.Onnx;

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

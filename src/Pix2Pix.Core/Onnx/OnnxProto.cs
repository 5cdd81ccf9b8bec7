// The messages of onnx.proto (github.com/onnx/onnx, Apache-2.0) and their field numbers, as far as they are read or written here.
namespace Pix2Pix.Onnx;

internal static class ModelProto
{
    public const int IrVersion = 1;
    public const int ProducerName = 2;
    public const int Graph = 7;
    public const int OpsetImport = 8;
    public const int MetadataProps = 14;
    public const int Functions = 25;
}

internal static class OperatorSetIdProto
{
    public const int Domain = 1;
    public const int Version = 2;
}

internal static class StringStringEntryProto
{
    public const int Key = 1;
    public const int Value = 2;

    public static ProtoMessage Of(string key, string value) => new ProtoMessage().Add(Key, key).Add(Value, value);
}

internal static class GraphProto
{
    public const int Node = 1;
    public const int Name = 2;
    public const int Initializer = 5;
    public const int Input = 11;
    public const int Output = 12;
}

internal static class FunctionProto
{
    public const int AttributeProto = 11;
}

internal static class NodeProto
{
    public const int Input = 1;
    public const int Output = 2;
    public const int Name = 3;
    public const int OpType = 4;
    public const int Attribute = 5;
    public const int Domain = 7;
}

internal static class AttributeProto
{
    public const int Name = 1;
    public const int Float = 2;
    public const int Int = 3;
    public const int String = 4;
    public const int Tensor = 5;
    public const int Ints = 8;
    public const int Type = 20;
    public const int RefAttrName = 21;
}

internal static class TensorProto
{
    public const int Dims = 1;
    public const int DataType = 2;
    public const int FloatData = 4;
    public const int Int32Data = 5;
    public const int Name = 8;
    public const int RawData = 9;
    public const int ExternalData = 13;
    public const int DataLocation = 14;
}

internal static class ValueInfoProto
{
    public const int Name = 1;
    public const int Type = 2;
}

internal static class TypeProto
{
    public const int TensorType = 1;

    public const int ElemType = 1; // TypeProto.Tensor
    public const int Shape = 2;
}

internal static class TensorShapeProto
{
    public const int Dim = 1;

    public const int DimValue = 1; // TensorShapeProto.Dimension
    public const int DimParam = 2;
}

namespace Pix2Pix.Torch.Onnx;

/// <summary>The types of tensors that we use: TensorProto.DataType of onnx.proto.</summary>
internal static class OnnxType
{
    public const int Float = 1;
    public const int UInt8 = 2;
    public const int Int32 = 6;
    public const int Int64 = 7;
    public const int Double = 11;
}

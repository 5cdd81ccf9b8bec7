namespace Pix2Pix.Torch.Checkpoints;

/// <summary>A tensor in a safetensors file.</summary>
/// <param name="Name">The name, unique in the file.</param>
/// <param name="Type">The data type, by its name in the file.</param>
/// <param name="Shape">The shape; empty for a scalar.</param>
/// <param name="Begin">The offset of the first byte, from the start of the data.</param>
/// <param name="End">The offset after the last byte.</param>
internal sealed record SafeTensorsEntry(string Name, string Type, long[] Shape, long Begin, long End)
{
    /// <summary>The type and shape as text: "F32 64x3x4x4"; for a scalar, "F32 scalar".</summary>
    public string Form => FormOf(Type, Shape);

    public static string FormOf(string type, long[] shape) => $"{type} {(shape.Length == 0 ? "scalar" : string.Join('x', shape))}";
}

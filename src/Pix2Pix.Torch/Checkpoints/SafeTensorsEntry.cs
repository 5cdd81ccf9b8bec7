namespace Pix2Pix.Torch.Checkpoints;

/// <summary>A tensor in a safetensors file.</summary>
/// <param name="Name">Unique in the file.</param>
/// <param name="Type">The number type, by its name in the file.</param>
/// <param name="Shape">Empty for a scalar.</param>
/// <param name="Begin">Where its bytes begin, from the start of the data.</param>
/// <param name="End">Where they end: the first byte that is not its own.</param>
internal sealed record SafeTensorsEntry(string Name, string Type, long[] Shape, long Begin, long End)
{
    /// <summary>Type and shape as text: "F32 64x3x4x4"; a scalar is "F32 scalar".</summary>
    public string Form => FormOf(Type, Shape);

    public static string FormOf(string type, long[] shape) => $"{type} {(shape.Length == 0 ? "scalar" : string.Join('x', shape))}";
}

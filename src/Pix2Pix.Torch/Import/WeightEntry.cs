using static TorchSharp.torch;

namespace Pix2Pix.Torch.Import;

/// <summary>A tensor in a weight file.</summary>
/// <param name="Name">The name, unique in the file.</param>
/// <param name="Type">The data type.</param>
/// <param name="Shape">The shape; empty for a scalar.</param>
internal sealed record WeightEntry(string Name, ScalarType Type, long[] Shape)
{
    /// <summary>Whether it may be a weight.</summary>
    public bool IsReal => Type is ScalarType.Float64 or ScalarType.Float32 or ScalarType.Float16 or ScalarType.BFloat16;

    /// <summary>"64x3x4x4", or "scalar".</summary>
    public static string Form(long[] shape) => shape.Length == 0 ? "scalar" : string.Join('x', shape);
}

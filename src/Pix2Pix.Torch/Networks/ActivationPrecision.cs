using static TorchSharp.torch;

namespace Pix2Pix.Torch.Networks;

/// <summary>Maps of fewer bits than the weights have, where a training asks for them.</summary>
internal static class ActivationPrecision
{
    /// <summary>In this type; gradients that flow back have the type of <paramref name="x"/>. Null: as it is.</summary>
    public static Tensor In(this Tensor x, ScalarType? type) => type is null || x.dtype == type ? x : x.to(type.Value);

    /// <summary>In float32 where it is bfloat16, as it is otherwise: for sums over many values, and for what is subtracted.</summary>
    public static Tensor Widened(this Tensor x) => x.dtype == ScalarType.BFloat16 ? x.to(ScalarType.Float32) : x;
}

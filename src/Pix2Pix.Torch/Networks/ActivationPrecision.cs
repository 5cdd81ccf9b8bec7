using static TorchSharp.torch;

namespace Pix2Pix.Torch.Networks;

/// <summary>Converts activations to and from a lower precision than that of the weights, if the training uses one.</summary>
internal static class ActivationPrecision
{
    /// <summary>Converts to this type; null leaves the tensor unchanged. Gradients have the type of <paramref name="x"/>.</summary>
    public static Tensor In(this Tensor x, ScalarType? type) => type is null || x.dtype == type ? x : x.to(type.Value);

    /// <summary>Converts bfloat16 to float32; other types are unchanged. Used for sums over many values and for differences.</summary>
    public static Tensor Widened(this Tensor x) => x.dtype == ScalarType.BFloat16 ? x.to(ScalarType.Float32) : x;
}

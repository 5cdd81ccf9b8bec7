


namespace Pix2Pix;

/// <summary>
/// What the networks compute with while they learn. Weights, Adam's moments, gradients of the weights, statistics of norms and losses are
/// float32 with any of them; so are translations, those of a validation among them.
/// </summary>
public enum TrainingPrecision
{
    /// <summary>float32.</summary>
    Float32,

    /// <summary>
    /// On CUDA, matrix products and convolutions may round what they multiply to TF32, which has the range of float32 and 10 bits of
    /// mantissa in place of 23; sums stay float32. No effect on a CPU, nor on a GPU without TF32 (before Ampere).
    /// </summary>
    TensorFloat32,

    /// <summary>
    /// Convolutions see bfloat16 copies of weights and maps, and give bfloat16 maps: the range of float32 and 7 bits of mantissa, half of
    /// the memory for maps. Works on a CPU, too, where it is slower than float32, unless the processor itself multiplies such numbers
    /// (AMX).
    /// </summary>
    BFloat16,
}

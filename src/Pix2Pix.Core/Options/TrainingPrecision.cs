


namespace Pix2Pix;

/// <summary>
/// The precision of the networks' computations in training. Weights, Adam's moments, gradients of the weights, statistics of norms and
/// losses are float32 with each of them; so are translations, including those of validation.
/// </summary>
public enum TrainingPrecision
{
    /// <summary>float32.</summary>
    Float32,

    /// <summary>
    /// On CUDA, matrix products and convolutions may round their operands to TF32, which has the range of float32 and 10 bits of mantissa
    /// in place of 23; sums stay float32. No effect on a CPU or on a GPU without TF32 (before Ampere).
    /// </summary>
    TensorFloat32,

    /// <summary>
    /// Convolutions use bfloat16 copies of weights and activations, and output bfloat16 activations: the range of float32 and 7 bits of
    /// mantissa, and half of the memory for activations. Also works on a CPU, where it is slower than float32, unless the processor
    /// supports bfloat16 products in hardware (AMX).
    /// </summary>
    BFloat16,
}

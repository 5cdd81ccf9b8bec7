using Pix2Pix;
using static TorchSharp.torch;

namespace TrainingSpeed;

/// <summary>The precision of the steps.</summary>
internal enum StepPrecision
{
    Float32,

    /// <summary>float32 whose products CUDA may round to 10 bits of mantissa.</summary>
    Tf32,

    /// <summary>Convolutions in bfloat16; weights and optimizer in float32.</summary>
    Bf16,
}

internal static class StepPrecisionExtensions
{
    /// <summary>The name for the peer.</summary>
    public static string Name(this StepPrecision precision) => precision.ToString().ToLowerInvariant();

    /// <summary>The training option.</summary>
    public static TrainingPrecision Training(this StepPrecision precision) => precision switch
    {
        StepPrecision.Tf32 => TrainingPrecision.TensorFloat32,
        StepPrecision.Bf16 => TrainingPrecision.BFloat16,
        _ => TrainingPrecision.Float32,
    };

    /// <summary>The type of the matrices whose product is the reference speed.</summary>
    public static ScalarType ProductType(this StepPrecision precision)
        => precision == StepPrecision.Bf16 ? ScalarType.BFloat16 : ScalarType.Float32;
}

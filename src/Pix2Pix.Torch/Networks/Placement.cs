using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Pix2Pix.Torch.Networks;

/// <summary>
/// Where a network's tensors live, and their number type. Given at construction: TorchSharp's <c>Module.to</c> would replace the
/// parameters that layers hold.
/// </summary>
internal readonly record struct Placement(Device Device, ScalarType Type)
{
    public static Placement Cpu => new(CPU, ScalarType.Float32);

    /// <summary>A parameter whose values are yet to be drawn. Its module disposes of it, not the scope that is open now.</summary>
    public Parameter Parameter(params ReadOnlySpan<long> shape) => Lasting(new Parameter(empty(shape, Type, Device)));

    /// <summary>A parameter of ones.</summary>
    public Parameter ParameterOfOnes(params ReadOnlySpan<long> shape) => Lasting(new Parameter(Ones(shape)));

    /// <summary>A parameter of zeros.</summary>
    public Parameter ParameterOfZeros(params ReadOnlySpan<long> shape) => Lasting(new Parameter(Zeros(shape)));

    /// <summary>Zeros that live until they are disposed of.</summary>
    public Tensor Zeros(params ReadOnlySpan<long> shape) => Lasting(zeros(shape, Type, Device));

    /// <summary>Ones that live until they are disposed of.</summary>
    public Tensor Ones(params ReadOnlySpan<long> shape) => Lasting(ones(shape, Type, Device));

    private static T Lasting<T>(T tensor) where T : Tensor
    {
        tensor.DetachFromDisposeScope();
        return tensor;
    }
}

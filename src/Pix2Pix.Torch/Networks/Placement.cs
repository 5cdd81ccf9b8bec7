using static TorchSharp.torch;

namespace Pix2Pix.Torch.Networks;

/// <summary>
/// Where a network's tensors live, and their number type. Given at construction: TorchSharp's <c>Module.to</c> would replace the
/// parameters that layers hold.
/// </summary>
internal readonly record struct Placement(Device Device, ScalarType Type)
{
    public static Placement Cpu => new(CPU, ScalarType.Float32);

    public Tensor Empty(params ReadOnlySpan<long> shape) => empty(shape, Type, Device);

    public Tensor Zeros(params ReadOnlySpan<long> shape) => zeros(shape, Type, Device);

    public Tensor Ones(params ReadOnlySpan<long> shape) => ones(shape, Type, Device);
}

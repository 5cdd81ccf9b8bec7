using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Pix2Pix.Torch.Networks;

/// <summary>
/// Creates a network's tensors on a device and with a number type. Both are fixed at construction, because TorchSharp's <c>Module.to</c>
/// would replace the parameters that layers reference.
/// </summary>
internal readonly record struct TensorFactory(Device Device, ScalarType Type)
{
    public static TensorFactory Cpu => new(CPU, ScalarType.Float32);

    /// <summary>Creates a parameter with uninitialized values. Its module disposes it, not the current scope.</summary>
    public Parameter Parameter(params ReadOnlySpan<long> shape)
    {
        using var scope = NewDisposeScope();
        return LongLived.Detached(new Parameter(empty(shape, Type, Device)));
    }

    /// <summary>Creates a parameter of ones.</summary>
    public Parameter ParameterOfOnes(long length)
    {
        using var scope = NewDisposeScope();
        return LongLived.Detached(new Parameter(ones([length], Type, Device)));
    }

    /// <summary>Creates a parameter of zeros.</summary>
    public Parameter ParameterOfZeros(long length)
    {
        using var scope = NewDisposeScope();
        return LongLived.Detached(new Parameter(zeros([length], Type, Device)));
    }

    /// <summary>Creates a tensor of zeros that no scope owns.</summary>
    public Tensor Zeros(long length)
    {
        var (type, device) = (Type, Device);
        return LongLived.Tensor(() => zeros([length], type, device));
    }

    /// <summary>Creates a tensor of ones that no scope owns.</summary>
    public Tensor Ones(long length)
    {
        var (type, device) = (Type, Device);
        return LongLived.Tensor(() => ones([length], type, device));
    }
}

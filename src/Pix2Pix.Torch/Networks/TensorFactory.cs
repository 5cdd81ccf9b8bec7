using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Pix2Pix.Torch.Networks;

/// <summary>
/// Where a network's tensors live, and their number type. Given at construction: TorchSharp's <c>Module.to</c> would replace the
/// parameters that layers hold.
/// </summary>
internal readonly record struct TensorFactory(Device Device, ScalarType Type)
{
    public static TensorFactory Cpu => new(CPU, ScalarType.Float32);

    /// <summary>A parameter whose values are yet to be drawn. Its module disposes of it, not the scope that is open now.</summary>
    public Parameter Parameter(params ReadOnlySpan<long> shape)
    {
        using var scope = NewDisposeScope();
        return LongLived.Detached(new Parameter(empty(shape, Type, Device)));
    }

    /// <summary>A parameter of ones.</summary>
    public Parameter ParameterOfOnes(long length)
    {
        using var scope = NewDisposeScope();
        return LongLived.Detached(new Parameter(ones([length], Type, Device)));
    }

    /// <summary>A parameter of zeros.</summary>
    public Parameter ParameterOfZeros(long length)
    {
        using var scope = NewDisposeScope();
        return LongLived.Detached(new Parameter(zeros([length], Type, Device)));
    }

    /// <summary>Zeros that live until they are disposed of.</summary>
    public Tensor Zeros(long length)
    {
        var (type, device) = (Type, Device);
        return LongLived.Tensor(() => zeros([length], type, device));
    }

    /// <summary>Ones that live until they are disposed of.</summary>
    public Tensor Ones(long length)
    {
        var (type, device) = (Type, Device);
        return LongLived.Tensor(() => ones([length], type, device));
    }
}

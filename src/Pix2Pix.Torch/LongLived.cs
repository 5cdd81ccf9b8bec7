using static TorchSharp.torch;

namespace Pix2Pix.Torch;

/// <summary>
/// Creates tensors that outlive the scope they are created in. Every other tensor belongs to a dispose scope: TorchSharp 0.107 passes bare
/// handles to native code, so an unreferenced tensor may be finalized, and its memory freed, during the call that reads it.
/// </summary>
internal static class LongLived
{
    /// <summary>Runs <paramref name="create"/> in a scope of its own, which keeps intermediate tensors alive.</summary>
    /// <param name="create">Returns a tensor that no other scope owns.</param>
    /// <returns>The tensor, which no scope owns. The caller keeps it in a field or a <c>using</c>, and disposes it.</returns>
    public static Tensor Tensor(Func<Tensor> create)
    {
        using var scope = NewDisposeScope();
        return Detached(create());
    }

    /// <summary>The same for two tensors.</summary>
    public static (Tensor First, Tensor Second) Tensors(Func<(Tensor First, Tensor Second)> create)
    {
        using var scope = NewDisposeScope();
        var (first, second) = create();
        return (Detached(first), Detached(second));
    }

#pragma warning disable RS0030 // This is the only place that detaches tensors from their scopes.
    /// <summary>Detaches a tensor from the current scope. Used for modules, which dispose their parameters themselves.</summary>
    public static T Detached<T>(T tensor) where T : Tensor
    {
        tensor.DetachFromDisposeScope();
        return tensor;
    }
#pragma warning restore RS0030
}

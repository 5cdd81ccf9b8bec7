using Pix2Pix.Torch;
using static TorchSharp.torch;

namespace TrainingSpeed.SelfTests;

/// <summary>Tensors to test with, and how they are compared.</summary>
internal static class Numbers
{
    /// <summary>Evenly spread over [-1, 1], drawn on the CPU: the same on every device.</summary>
    public static Tensor Random(int seed, params long[] shape)
    {
        using var random = new TorchSharp.torch.Generator((ulong)seed);
        return empty(shape, ScalarType.Float32).uniform_(-1, 1, random);
    }

    /// <summary>The length of the difference to the expected, over the length of the expected; NaN where either holds a NaN.</summary>
    public static double Distance(Tensor actual, Tensor expected)
    {
        using var noGradient = no_grad();
        using var scope = NewDisposeScope();
        Tensor exact = expected.cpu().to(ScalarType.Float64);
        return ((actual.cpu().to(ScalarType.Float64) - exact).norm() / exact.norm()).Value();
    }

    /// <summary>The largest of them; NaN counts as larger than all.</summary>
    public static double Worst(IEnumerable<double> distances) => distances.Aggregate(0.0, Math.Max); // Math.Max keeps NaN
}

using Pix2Pix.Torch;
using static TorchSharp.torch;

namespace TrainingSpeed.SelfTests;

/// <summary>Creates and compares tensors.</summary>
internal static class Numbers
{
    /// <summary>Draws uniformly from [-1, 1] on the CPU, so that all devices get the same values.</summary>
    public static Tensor Random(int seed, params long[] shape)
    {
        using var random = new TorchSharp.torch.Generator((ulong)seed);
        return empty(shape, ScalarType.Float32).uniform_(-1, 1, random);
    }

    /// <summary>The norm of the difference relative to the norm of the expected value; NaN if either contains NaN.</summary>
    public static double Distance(Tensor actual, Tensor expected)
    {
        using var noGradient = no_grad();
        using var scope = NewDisposeScope();
        Tensor exact = expected.cpu().to(ScalarType.Float64);
        return ((actual.cpu().to(ScalarType.Float64) - exact).norm() / exact.norm()).Value();
    }

    /// <summary>The largest value; NaN counts as largest.</summary>
    public static double Worst(IEnumerable<double> distances) => distances.Aggregate(0.0, Math.Max); // Math.Max keeps NaN
}

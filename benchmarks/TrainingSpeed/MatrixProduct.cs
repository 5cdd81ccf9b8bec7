using System.Diagnostics;
using static TorchSharp.torch;

namespace TrainingSpeed;

/// <summary>What the machine can do: libtorch's own product of two large matrices of float32.</summary>
internal sealed class MatrixProduct
{
    private const int Side = 2048;
    private const int Tries = 5;

    private Tensor? _left;
    private Tensor? _right;

    /// <summary>Floating-point operations a second, the best of a few tries.</summary>
    public double Rate()
    {
        using var noGradient = no_grad();
        _left ??= rand(Side, Side).DetachFromDisposeScope();
        _right ??= rand(Side, Side).DetachFromDisposeScope();
        double best = double.MaxValue;
        for (int i = 0; i < Tries; i++)
        {
            Stopwatch watch = Stopwatch.StartNew();
            using Tensor product = _left.mm(_right);
            best = Math.Min(best, watch.Elapsed.TotalSeconds);
        }

        return 2.0 * Side * Side * Side / best;
    }
}

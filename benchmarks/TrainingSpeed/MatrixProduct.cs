using System.Diagnostics;
using Pix2Pix.Torch.Optimization;
using static TorchSharp.torch;

namespace TrainingSpeed;

/// <summary>The peak speed of the device: libtorch's product of two large matrices in the setting's precision.</summary>
internal sealed class MatrixProduct(ComputeDevice device, StepPrecision precision)
{
    private const int Tries = 5;

    private readonly int _side = device == ComputeDevice.Cuda ? 8192 : 2048;
    private Tensor? _left;
    private Tensor? _right;

    /// <summary>Floating-point operations per second, the best of several runs.</summary>
    public double Rate()
    {
        using var noGradient = no_grad();
        using var rounding = TensorFloat32.On(device.Device(), allowed: precision == StepPrecision.Tf32);
        _left ??= Random();
        _right ??= Random();
        double best = double.MaxValue;
        for (int i = 0; i < Tries; i++)
        {
            device.Wait();
            Stopwatch watch = Stopwatch.StartNew();
            using Tensor product = _left.mm(_right);
            device.Wait();
            best = Math.Min(best, watch.Elapsed.TotalSeconds);
        }

        return 2.0 * _side * _side * _side / best;
    }

    private Tensor Random() => rand([_side, _side], precision.ProductType(), device.Device()).DetachFromDisposeScope();
}

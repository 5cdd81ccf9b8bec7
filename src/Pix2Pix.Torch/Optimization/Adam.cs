using System.Numerics;
using System.Runtime.InteropServices;
using static TorchSharp.torch;

namespace Pix2Pix.Torch.Optimization;

/// <summary>
/// Adam (Kingma and Ba 2015, algorithm 1, with the bias corrections moved to the rate and the root, as in PyTorch) over one flat buffer.
/// A step also zeroes the gradients.
/// </summary>
/// <remarks>
/// On a CPU in float32, <see cref="AdamKernel"/> performs a step in one pass over memory; otherwise, it takes a few tensor operations.
/// </remarks>
internal sealed class FlatAdam : IDisposable
{
    /// <summary>PyTorch's and the paper's epsilon.</summary>
    private const double Epsilon = 1e-8;

    private readonly FlatParameters _parameters;
    private readonly double _beta1;
    private readonly double _beta2;
    private readonly bool _onePass;

    /// <param name="parameters">The parameters to optimize.</param>
    /// <param name="beta1">Decay of the first moment.</param>
    /// <param name="beta2">Decay of the second moment.</param>
    /// <param name="allowOnePass">False to always use tensor operations.</param>
    public FlatAdam(FlatParameters parameters, double beta1, double beta2, bool allowOnePass = true)
    {
        _parameters = parameters;
        _beta1 = beta1;
        _beta2 = beta2;
        _onePass = allowOnePass && parameters.Values.dtype == ScalarType.Float32
            && parameters.Values.device_type == TorchSharp.DeviceType.CPU;
        FirstMoment = LongLived.Tensor(() => zeros_like(parameters.Values));
        SecondMoment = LongLived.Tensor(() => zeros_like(parameters.Values));
    }

    /// <summary>The number of steps so far. Set when a training is resumed.</summary>
    public long Steps { get; set; }

    /// <summary>The running mean of the gradients, (length).</summary>
    public Tensor FirstMoment { get; }

    /// <summary>The running mean of the squared gradients, (length).</summary>
    public Tensor SecondMoment { get; }

    /// <summary>Updates the parameters and zeroes the gradients.</summary>
    public void Step(double learningRate)
    {
        Steps++;
        var size = learningRate / (1 - Math.Pow(_beta1, Steps));
        var rootScale = Math.Sqrt(1 - Math.Pow(_beta2, Steps));
        if (!_onePass)
        {
            StepByTensors(size, rootScale);
            return;
        }

        AdamKernel.Step(
            _parameters.Values, _parameters.Gradients, FirstMoment, SecondMoment, new(_beta1, _beta2, size, rootScale, Epsilon));
    }

    public void Dispose()
    {
        FirstMoment.Dispose();
        SecondMoment.Dispose();
    }

    private void StepByTensors(double size, double rootScale)
    {
        using var noGradient = no_grad();
        using var scope = NewDisposeScope();
        var gradients = _parameters.Gradients;
        FirstMoment.TimesInPlace(_beta1).PlusInPlace(1 - _beta1, gradients);
        SecondMoment.TimesInPlace(_beta2).PlusProductInPlace(1 - _beta2, gradients, gradients);
        var denominator = SecondMoment.sqrt().DividedInPlace(rootScale).PlusInPlace(Epsilon);
        _parameters.Values.PlusQuotientInPlace(-size, FirstMoment, denominator);
        gradients.zero_();
    }
}

/// <summary>
/// Performs an Adam step in one pass. With 54 million parameters the step is limited by memory bandwidth, so each value is read and written
/// once, on all threads. Elements are independent: the number of threads does not change the result.
/// </summary>
internal static class AdamKernel
{
    /// <summary>The number of elements that a thread processes at a time: 1 MiB of each of the four buffers.</summary>
    private const int ChunkLength = 1 << 18;

    /// <summary>The coefficients of a step.</summary>
    /// <param name="Beta1">Decay of the first moment.</param>
    /// <param name="Beta2">Decay of the second moment.</param>
    /// <param name="Size">Learning rate / (1 - beta1^t).</param>
    /// <param name="RootScale">sqrt(1 - beta2^t).</param>
    /// <param name="Epsilon">Keeps the division finite.</param>
    public readonly record struct Coefficients(double Beta1, double Beta2, double Size, double RootScale, double Epsilon);

    /// <summary>Updates the values and both moments, and zeroes the gradients.</summary>
    /// <param name="values">(length), float32 on the CPU, contiguous; so are the others.</param>
    /// <param name="gradients">(length).</param>
    /// <param name="first">(length), the running mean of the gradients.</param>
    /// <param name="second">(length), the running mean of their squares.</param>
    /// <param name="c">The coefficients of the step.</param>
    public static unsafe void Step(Tensor values, Tensor gradients, Tensor first, Tensor second, Coefficients c)
    {
        var length = values.numel();
        fixed (float* p = Start(values), g = Start(gradients), m = Start(first), v = Start(second))
        {
            var (pp, gg, mm, vv) = ((nint)p, (nint)g, (nint)m, (nint)v); // lambdas cannot capture pointers
            var chunks = (length + ChunkLength - 1) / ChunkLength;
            Parallel.For(0, chunks, new ParallelOptions { MaxDegreeOfParallelism = get_num_threads() }, chunk =>
            {
                var start = chunk * ChunkLength;
                var count = (int)Math.Min(ChunkLength, length - start);
                Span<float> At(nint buffer) => new((float*)buffer + start, count);
                Update(At(pp), At(gg), At(mm), At(vv), c);
            });
        }

        foreach (var tensor in (Tensor[])[values, gradients, first, second])
            GC.KeepAlive(tensor); // pointers do not keep tensors alive
    }

    private static void Update(Span<float> values, Span<float> gradients, Span<float> first, Span<float> second, Coefficients c)
    {
        var (beta1, rest1) = (new Vector<float>((float)c.Beta1), new Vector<float>((float)(1 - c.Beta1)));
        var (beta2, rest2) = (new Vector<float>((float)c.Beta2), new Vector<float>((float)(1 - c.Beta2)));
        var (size, rootScale, epsilon) = (
            new Vector<float>((float)-c.Size), new Vector<float>((float)c.RootScale), new Vector<float>((float)c.Epsilon));

        var i = 0;
        for (; i <= values.Length - Vector<float>.Count; i += Vector<float>.Count)
        {
            var g = new Vector<float>(gradients[i..]);
            var m = (new Vector<float>(first[i..]) * beta1) + (g * rest1);
            var v = (new Vector<float>(second[i..]) * beta2) + (g * g * rest2);
            var p = new Vector<float>(values[i..]) + (size * (m / ((Vector.SquareRoot(v) / rootScale) + epsilon)));
            m.CopyTo(first[i..]);
            v.CopyTo(second[i..]);
            p.CopyTo(values[i..]);
        }

        for (; i < values.Length; i++)
        {
            var g = gradients[i];
            first[i] = (first[i] * beta1[0]) + (g * rest1[0]);
            second[i] = (second[i] * beta2[0]) + (g * g * rest2[0]);
            values[i] += size[0] * (first[i] / ((MathF.Sqrt(second[i]) / rootScale[0]) + epsilon[0]));
        }

        gradients.Clear();
    }

    // Only the first element: a span over all elements is limited to 2 GiB, half a billion parameters.
    private static Span<float> Start(Tensor tensor)
    {
        using var scope = NewDisposeScope();
        return MemoryMarshal.Cast<byte, float>(tensor.narrow(0, 0, 1).bytes);
    }
}

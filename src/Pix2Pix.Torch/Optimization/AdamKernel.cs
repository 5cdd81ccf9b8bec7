using System.Numerics;
using System.Runtime.InteropServices;
using static TorchSharp.torch;

namespace Pix2Pix.Torch.Optimization;

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

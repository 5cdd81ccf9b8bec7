using System.Numerics;
using Pix2Pix.Torch.Optimization;
using static TorchSharp.torch;

namespace Pix2Pix.Torch.Tests.Optimization;

[Collection(TorchCollection.Name)]
public class AdamKernelTests
{
    private static readonly AdamKernel.Coefficients Coefficients =
        new(Beta1: 0.5, Beta2: 0.999, Size: 0.02, RootScale: 0.03, Epsilon: 1e-8);

    /// <summary>Flat buffers consist of whole vectors, but the kernel supports any length.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(15)]
    [InlineData((1 << 18) - 1)]
    [InlineData((2 << 18) + 13)]
    public void Step_AnyLength_UpdatesEachElementByItsOwnValues(int length)
    {
        using var scope = NewDisposeScope();
        var (p, g, m, v) = Buffers(length);
        var (p0, g0, m0, v0) = (Tensors.Floats(p), Tensors.Floats(g), Tensors.Floats(m), Tensors.Floats(v));

        AdamKernel.Step(p, g, m, v, Coefficients);

        var (p1, m1, v1) = (Tensors.Floats(p), Tensors.Floats(m), Tensors.Floats(v));
        for (var i = 0; i < length; i++)
        {
            double first = (0.5 * m0[i]) + (0.5 * g0[i]), second = (0.999 * v0[i]) + (0.001 * g0[i] * g0[i]);
            Assert.Equal(first, m1[i], 1e-6);
            Assert.Equal(second, v1[i], 1e-6);
            Assert.Equal(p0[i] - (0.02 * first / ((Math.Sqrt(second) / 0.03) + 1e-8)), p1[i], 1e-6);
        }

        Assert.All(Tensors.Floats(g), value => Assert.Equal(0, value));
    }

    /// <summary>The same numbers give the same bits within a vector and in the remainder.</summary>
    [Fact]
    public void Step_SameElementInVectorAndInRest_GivesSameBits()
    {
        using var scope = NewDisposeScope();
        int count = Vector<float>.Count;
        var buffers = Buffers(count);
        Tensor Repeated(Tensor x) => cat([x, x.narrow(0, 0, count - 1)]);
        var (p, g, m, v) = (Repeated(buffers.P), Repeated(buffers.G), Repeated(buffers.M), Repeated(buffers.V));

        AdamKernel.Step(p, g, m, v, Coefficients);

        var values = Tensors.Floats(p);
        Assert.Equal(values[..(count - 1)], values[count..]);
    }

    [Fact]
    public void Step_OneOrTwoThreads_GivesSameBits()
    {
        using var scope = NewDisposeScope();
        float[] Run(int threads)
        {
            using var set = new ThreadCount(threads);
            var (p, g, m, v) = Buffers((3 << 18) + 77);
            for (var step = 0; step < 3; step++)
            {
                g.copy_(Tensors.Random(seed: 50 + step, g.numel()));
                AdamKernel.Step(p, g, m, v, Coefficients);
            }

            return Tensors.Floats(p);
        }

        Assert.Equal(Run(threads: 1), Run(threads: 2));
    }

    private static (Tensor P, Tensor G, Tensor M, Tensor V) Buffers(int length)
        => (Tensors.Random(1, length), Tensors.Random(2, length), Tensors.Random(3, length), Tensors.Random(4, length).square());
}

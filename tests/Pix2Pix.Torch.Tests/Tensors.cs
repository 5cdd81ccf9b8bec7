using static TorchSharp.torch;

namespace Pix2Pix.Torch.Tests;

/// <summary>Creates and compares tensors for tests.</summary>
internal static class Tensors
{
    public static Tensor Random(int seed, params long[] shape)
    {
        using var random = new TorchSharp.torch.Generator((ulong)seed);
        return empty(shape, ScalarType.Float32).uniform_(-1, 1, random);
    }

    public static double[] Doubles(Tensor tensor)
    {
        using var scope = NewDisposeScope();
        return [.. tensor.detach().to(ScalarType.Float64).cpu().contiguous().data<double>()];
    }

    public static float[] Floats(Tensor tensor)
    {
        using var scope = NewDisposeScope();
        return [.. tensor.detach().to(ScalarType.Float32).cpu().contiguous().data<float>()];
    }

    /// <summary>The number of tensors that are not disposed, after a garbage collection.</summary>
    public static long Living()
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        return Tensor.TotalCount;
    }

    /// <summary>The largest absolute difference over the largest absolute value of <paramref name="expected"/>.</summary>
    public static double RelativeDifference(IReadOnlyList<double> expected, IReadOnlyList<double> actual)
    {
        Assert.Equal(expected.Count, actual.Count);
        var difference = expected.Zip(actual, (e, a) => Math.Abs(e - a)).Aggregate(0.0, MaxOrNaN);
        return difference == 0 ? 0 : difference / expected.Max(Math.Abs);
    }

    public static void AssertClose(IReadOnlyList<double> expected, IReadOnlyList<double> actual, double tolerance, string what)
    {
        var difference = RelativeDifference(expected, actual);
        Assert.True(difference <= tolerance, $"{what}: relative difference {difference:E2}, allowed {tolerance:E2}.");
    }

    public static void AssertClose(double expected, double actual, double tolerance, string what)
        => AssertClose([expected], [actual], tolerance, what);

    // Math.Max(double, double) keeps NaN, Enumerable.Max does not.
    private static double MaxOrNaN(double a, double b) => Math.Max(a, b);
}

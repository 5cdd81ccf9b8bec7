using System.Text.Json;
using static TorchSharp.torch;

namespace Pix2Pix.Torch.Tests.Reference;

/// <summary>Reads tensors from reference files and compares them.</summary>
internal static class ReferenceTensors
{
    /// <summary>The limit for the largest absolute difference in a tensor, relative to its largest absolute value.</summary>
    public const double Tolerance = 1e-8;

    /// <summary>Values below this are zero except for rounding, such as gradients of a bias before an instance normalization.</summary>
    private const double Rounding = 1e-13;

    /// <summary>A stored tensor, float64.</summary>
    public static Tensor ToTensor(this JsonElement stored) => tensor(stored.GetProperty("values").Doubles(), stored.GetProperty("shape").Longs());

    /// <summary>A stored tensor that requires gradients.</summary>
    public static Tensor ToLeaf(this JsonElement stored) => stored.ToTensor().requires_grad_();

    public static void AssertClose(JsonElement stored, Tensor actual, string what)
    {
        Assert.Equal(stored.GetProperty("shape").Longs(), actual.shape);
        var (expected, values) = (stored.GetProperty("values").Doubles(), Tensors.Doubles(actual));
        if (expected.Max(Math.Abs) < Rounding)
            Assert.All(values, v => Assert.InRange(v, -Rounding, Rounding));
        else
            Tensors.AssertClose(expected, values, Tolerance, what);
    }
}

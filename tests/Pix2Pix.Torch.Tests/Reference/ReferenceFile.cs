using System.Text.Json;
using static TorchSharp.torch;

namespace Pix2Pix.Torch.Tests.Reference;

/// <summary>Files of reference/values, recorded with PyTorch.</summary>
internal static class ReferenceFile
{
    /// <summary>Of the largest absolute difference in a tensor over its largest absolute value.</summary>
    public const double Tolerance = 1e-8;

    /// <summary>Values below this are zero but for rounding: gradients of a bias before an instance normalization.</summary>
    private const double Rounding = 1e-13;

    public static string Path(string name) => System.IO.Path.Combine(AppContext.BaseDirectory, "reference", "values", name);

    public static JsonElement Json(string name) => JsonDocument.Parse(File.ReadAllText(Path(name))).RootElement;

    public static double[] Doubles(this JsonElement array) => [.. array.EnumerateArray().Select(e => e.GetDouble())];

    public static long[] Longs(this JsonElement array) => [.. array.EnumerateArray().Select(e => e.GetInt64())];

    /// <summary>A stored tensor, float64.</summary>
    public static Tensor ToTensor(this JsonElement stored) => tensor(stored.GetProperty("values").Doubles(), stored.GetProperty("shape").Longs());

    /// <summary>A stored tensor that gathers gradients.</summary>
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

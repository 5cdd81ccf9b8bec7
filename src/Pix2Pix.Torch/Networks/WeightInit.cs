using static TorchSharp.torch;

namespace Pix2Pix.Torch.Networks;

/// <summary>
/// Draws initial weights on the CPU, in the order of the parameters, so that a seed gives the same weights on every device.
/// </summary>
internal static class WeightInit
{
    /// <summary>The standard deviation of normalization scales around 1, as in the public implementations of the paper.</summary>
    private const double ScaleDeviation = 0.02;

    /// <summary>
    /// Draws the convolution weights as the options specify and the normalization scales from N(1, 0.02); sets all biases and shifts to 0.
    /// </summary>
    public static void Draw(nn.Module network, WeightInitOptions options, int seed)
    {
        using var noGradient = no_grad();
        using var random = new TorchSharp.torch.Generator((uint)seed);
        foreach (var (name, parameter) in network.named_parameters())
        {
            using var scope = NewDisposeScope();
            if (name.EndsWith("bias", StringComparison.Ordinal))
                parameter.zero_();
            else if (name.EndsWith("norm.weight", StringComparison.Ordinal))
                parameter.copy_(Normal(parameter.shape, ScaleDeviation, random, mean: 1));
            else
                parameter.copy_(Weight(parameter.shape, options, random));
        }
    }

    private static Tensor Weight(long[] shape, WeightInitOptions options, TorchSharp.torch.Generator random) => options.Kind switch
    {
        WeightInitKind.Xavier => Normal(shape, options.Gain * Math.Sqrt(2.0 / (FanIn(shape) + FanOut(shape))), random),
        WeightInitKind.Kaiming => Normal(shape, Math.Sqrt(2.0 / FanIn(shape)), random),
        WeightInitKind.Orthogonal => Orthogonal(shape, options.Gain, random),
        _ => Normal(shape, options.Gain, random),
    };

    // As in PyTorch. For a transposed convolution, whose weight begins with the inputs, fan-in and fan-out are swapped.
    private static long FanIn(long[] shape) => shape[1] * shape[2] * shape[3];

    private static long FanOut(long[] shape) => shape[0] * shape[2] * shape[3];

    private static Tensor Normal(long[] shape, double deviation, TorchSharp.torch.Generator random, double mean = 0)
        => empty(shape, ScalarType.Float32).normal_(mean, deviation, random);

    // Treats the weight as a matrix with one row per filter. The rows or the columns are orthogonal, whichever are fewer.
    private static Tensor Orthogonal(long[] shape, double gain, TorchSharp.torch.Generator random)
    {
        var (rows, columns) = (shape[0], FanIn(shape));
        var drawn = Normal([Math.Max(rows, columns), Math.Min(rows, columns)], 1, random);
        var (q, r) = linalg.qr(drawn);
        var tall = q * r.diagonal().sign(); // uniformly distributed over all such matrices (Mezzadri 2007, section 5)
        return (rows < columns ? tall.t() : tall).reshape(shape).Times(gain);
    }
}

using static TorchSharp.torch;

namespace Pix2Pix.Torch.Networks;

/// <summary>The initial weights of Isola et al. 2017, appendix 6.2.</summary>
internal static class WeightInit
{
    private const double StandardDeviation = 0.02;

    /// <summary>
    /// Draws convolutions from N(0, 0.02) and the scale of norms from N(1, 0.02); all shifts are 0. Drawn on the CPU in the order of
    /// the parameters, so that a seed gives the same weights on every device.
    /// </summary>
    public static void Normal(nn.Module network, int seed)
    {
        using var noGradient = no_grad();
        using var random = new TorchSharp.torch.Generator((uint)seed);
        foreach (var (name, parameter) in network.named_parameters())
        {
            using var scope = NewDisposeScope();
            if (name.EndsWith("bias", StringComparison.Ordinal))
            {
                parameter.zero_();
                continue;
            }

            var mean = name.EndsWith("norm.weight", StringComparison.Ordinal) ? 1.0 : 0.0;
            var drawn = empty(parameter.shape, ScalarType.Float32).normal_(mean, StandardDeviation, random);
            parameter.copy_(drawn);
        }
    }
}

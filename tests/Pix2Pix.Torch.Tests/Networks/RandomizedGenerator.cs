using Pix2Pix.Torch.Networks;
using static TorchSharp.torch;
using Generator = Pix2Pix.Torch.Networks.Generator;

namespace Pix2Pix.Torch.Tests.Networks;

/// <summary>
/// Generators with widely spread parameters and running statistics, as after training. New generators give nearly gray images, in which
/// errors would not show.
/// </summary>
internal static class RandomizedGenerator
{
    public static Generator Generator(GeneratorOptions options, int seed = 1)
    {
        using var noGradient = no_grad();
        using var scope = NewDisposeScope();
        var generator = Pix2Pix.Torch.Networks.Generator.Create(options, TensorFactory.Cpu);
        using var random = new TorchSharp.torch.Generator((ulong)seed);
        foreach (var (name, tensor) in generator.state_dict())
        {
            if (name.EndsWith("norm.weight") || name.EndsWith("running_var"))
                tensor.uniform_(0.5, 1.5, random);
            else if (name.EndsWith("bias") || name.EndsWith("running_mean"))
                tensor.uniform_(-0.2, 0.2, random);
            else
                tensor.normal_(0, Math.Sqrt(2.0 * tensor.shape[0] / tensor.numel()), random); // keeps the scale (He et al. 2015)
        }

        return generator;
    }
}

using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Pix2Pix.Torch.Tests.Optimization;

/// <summary>A module of float32 parameters with random values.</summary>
internal sealed class ParameterBag : nn.Module
{
    public ParameterBag(int seed, params long[][] shapes) : base(nameof(ParameterBag))
    {
        for (var i = 0; i < shapes.Length; i++)
            register_parameter($"p{i}", new Parameter(Tensors.Random(seed + i, shapes[i])));
    }

    public Parameter this[int index] => parameters().ElementAt(index);
}

using Pix2Pix.Torch.Networks;
using static TorchSharp.torch;

namespace Pix2Pix.Torch.Tests.Reference;

/// <summary>Networks and images of a <see cref="StepReference"/>, in float64.</summary>
internal static class ReferenceNetworks
{
    public static TensorFactory Float64 { get; } = new(CPU, ScalarType.Float64);

    public static GeneratorOptions Generator(this StepReference reference) => new()
    {
        Width = reference.Size,
        Height = reference.Size,
        Filters = reference.Filters,
        Norm = reference.Norm,
        Skips = reference.Skips,
    };

    public static DiscriminatorOptions Discriminator(this StepReference reference)
        => new() { Filters = reference.Filters, Norm = reference.Norm };

    public static TrainingOptions Training(this StepReference reference) => new()
    {
        BatchSize = reference.Batch,
        Losses = reference.Losses,
        LearningRate = reference.LearningRate,
        Beta1 = reference.Betas[0],
        Beta2 = reference.Betas[1],
    };

    /// <summary>The batch's images, "input" or "target".</summary>
    public static Tensor Images(this StepReference reference, string which)
        => new ReferenceDrawing(reference.Seed(which)).Draw([reference.Batch, 3, reference.Size, reference.Size]);

    /// <summary>Sets the parameters of a network, "generator" or "discriminator", to the drawn ones.</summary>
    public static void Draw(this StepReference reference, string which, nn.Module network)
    {
        using var noGradient = no_grad();
        using var scope = NewDisposeScope();
        var drawing = new ReferenceDrawing(reference.Seed(which));
        var parameters = network.named_parameters().ToDictionary(p => p.name, p => p.parameter);
        var listed = reference.Parameters(which);
        Assert.Equal(listed.Count, parameters.Count);
        foreach (var (name, shape) in listed)
        {
            Assert.Equal(shape, parameters[OurName(name)].shape);
            parameters[OurName(name)].copy_(drawing.DrawParameter(name, shape));
        }
    }

    /// <summary>All state of a network under the reference's names: parameters and running statistics.</summary>
    public static IReadOnlyDictionary<string, Tensor> State(nn.Module network, string prefix)
        => network.state_dict().ToDictionary(p => $"{prefix}{TheirName(p.Key)}", p => p.Value);

    /// <summary>encoder.0.weight to encoder1.weight; the discriminator's layers.0 to layer1.</summary>
    private static string OurName(string theirs)
    {
        var parts = theirs.Split('.', 3);
        return $"{parts[0].Replace("layers", "layer")}{int.Parse(parts[1]) + 1}.{parts[2]}";
    }

    private static string TheirName(string ours)
    {
        var parts = ours.Split('.', 2);
        var digits = parts[0].TrimStart([.. "abcdefghijklmnopqrstuvwxyz"]);
        var block = parts[0][..^digits.Length];
        return $"{(block == "layer" ? "layers" : block)}.{int.Parse(digits) - 1}.{parts[1]}";
    }
}

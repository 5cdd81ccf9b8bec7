using Pix2Pix.Torch.Data;
using Pix2Pix.Torch.Networks;

namespace Pix2Pix.Torch.Tests.Onnx;

/// <summary>All kinds of generators and of their use, at 32x32 and at a rectangle that is large enough for dropout.</summary>
internal static class ExportVariants
{
    public static IEnumerable<(GeneratorOptions Generator, InferenceOptions Inference)> All =>
        from size in ((int Width, int Height)[])[(32, 32), (64, 128)]
        from norm in Enum.GetValues<NormKind>()
        from skips in Enum.GetValues<SkipConnections>()
        from statistics in Enum.GetValues<NormStatistics>()
        from dropout in (bool[])[false, true]
        select (
            new GeneratorOptions { Width = size.Width, Height = size.Height, Filters = 3, Norm = norm, Skips = skips },
            new InferenceOptions { Statistics = statistics, Dropout = dropout, DropoutSeed = 9 });

    /// <summary>Everything that a network may see, with everything that it may give.</summary>
    public static IEnumerable<GeneratorOptions> AllChannels =>
        from input in Enum.GetValues<ImageChannels>()
        from output in Enum.GetValues<ImageChannels>()
        select new GeneratorOptions { Width = 64, Height = 32, Filters = 3, Input = input, Output = output };
}

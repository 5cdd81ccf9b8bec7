namespace Pix2Pix.Torch.Tests.Export;

/// <summary>
/// All kinds of generators and inference options, at a small size and at a rectangular size that is large enough for dropout.
/// </summary>
internal static class ExportVariants
{
    public static IEnumerable<(GeneratorOptions Generator, InferenceOptions Inference)> All => [.. UNets, .. EncoderDecoders, .. ResNets];

    /// <summary>All combinations of input and output channels.</summary>
    public static IEnumerable<GeneratorOptions> AllChannels =>
        from input in Enum.GetValues<ImageChannels>()
        from output in Enum.GetValues<ImageChannels>()
        select new GeneratorOptions { Width = 64, Height = 32, Filters = 3, Input = input, Output = output };

    private static IEnumerable<InferenceOptions> Inferences =>
        from statistics in (NormStatistics[])[NormStatistics.Image, NormStatistics.Running]
        from dropout in (bool[])[false, true]
        select new InferenceOptions { Statistics = statistics, Dropout = dropout, DropoutSeed = 9 };

    private static IEnumerable<(GeneratorOptions Generator, InferenceOptions Inference)> UNets =>
        from size in ((int Width, int Height)[])[(32, 32), (64, 128)]
        from norm in Enum.GetValues<NormKind>()
        from skips in Enum.GetValues<SkipConnections>()
        from inference in Inferences
        select (
            new GeneratorOptions
            {
                Width = size.Width,
                Height = size.Height,
                Filters = 3,
                Norm = norm,
                Skips = skips,
                // Covers each upsampling with each norm, each kind of skips and each size, without doubling the number of variants.
                Upsampling = (Upsampling)(((int)norm + (int)skips + size.Width / 32) % 2),
            },
            inference);

    private static IEnumerable<(GeneratorOptions Generator, InferenceOptions Inference)> EncoderDecoders =>
        from norm in Enum.GetValues<NormKind>()
        from upsampling in Enum.GetValues<Upsampling>()
        from inference in Inferences.Where(i => i.Dropout)
        select (
            new GeneratorOptions
            {
                Kind = GeneratorKind.EncoderDecoder,
                Width = 128,
                Height = 64,
                Filters = 8,
                Norm = norm,
                Upsampling = upsampling,
            },
            inference);

    private static IEnumerable<(GeneratorOptions Generator, InferenceOptions Inference)> ResNets =>
        from size in ((int Width, int Height)[])[(8, 8), (36, 44)]
        from norm in Enum.GetValues<NormKind>()
        from upsampling in Enum.GetValues<Upsampling>()
        from inference in Inferences.Where(i => size.Width > 8 || i is { Statistics: NormStatistics.Image, Dropout: true })
        select (
            new GeneratorOptions
            {
                Kind = GeneratorKind.ResNet,
                Width = size.Width,
                Height = size.Height,
                Filters = 3,
                Norm = norm,
                Upsampling = upsampling,
                ResidualBlocks = 3,
            },
            inference);
}

namespace Pix2Pix.Onnx;

/// <summary>
/// The names of the exported model's input, outputs and metadata keys. ML.NET turns the input and output names into columns, so they have
/// a prefix that makes them unique.
/// </summary>
internal static class OnnxNames
{
    /// <summary>
    /// The input: uint8 (N, H, W, 4), in the order alpha, blue, green, red. Alpha is used only for <see cref="ImageChannels.Rgba"/>.
    /// </summary>
    public const string Input = "pix2pix_input_abgr";

    /// <summary>
    /// The output: uint8 (N, H, W, 4), in the order alpha (255 except for <see cref="ImageChannels.Rgba"/>), blue, green, red. Gray is
    /// repeated in all three color channels. Chroma is combined with the lightness of the input.
    /// </summary>
    public const string Output = "pix2pix_output_abgr";

    /// <summary>
    /// The second output of generators of <see cref="ImageChannels.Chroma"/>: uint8 (N, H, W, 2), a* + 128 and b* + 128, to be combined
    /// with a lightness of higher resolution.
    /// </summary>
    public const string Chroma = "pix2pix_output_ab";

    /// <summary>The metadata key of the layout version.</summary>
    public const string Version = "pix2pix.version";

    /// <summary>The metadata key of the <see cref="GeneratorOptions"/>, as JSON.</summary>
    public const string Generator = "pix2pix.generator";

    /// <summary>The metadata key of the <see cref="InferenceOptions"/>, as JSON.</summary>
    public const string Inference = "pix2pix.inference";

    /// <summary>
    /// The metadata key of the <see cref="ModelShape"/>, as JSON, for a model that was trained with other tools. If it is missing, the
    /// shape follows from the generator's options.
    /// </summary>
    public const string Shape = "pix2pix.shape";

    /// <summary>
    /// The metadata key of the <see cref="PreprocessingOptions"/>, as JSON. They define how images of other sizes are fitted to the model's
    /// size. If it is missing, the defaults apply.
    /// </summary>
    public const string Preprocessing = "pix2pix.preprocessing";

    /// <summary>The layout version that this library writes.</summary>
    public const string CurrentVersion = "1";
}

/// <summary>The names and operators that identify an exported network in its ONNX graph.</summary>
internal static class NetworkNodes
{
    /// <summary>The operator that normalizes an image by its own statistics.</summary>
    public const string Norm = "InstanceNormalization";

    /// <summary>The epsilon of <see cref="Norm"/> if a node does not specify it, from the ONNX specification.</summary>
    public const float NormEpsilon = 1e-5f;

    /// <summary>The input of the network, (N, C, H, W) in [-1, 1].</summary>
    public const string Input = "network_input";

    /// <summary>The output of the network, in the same shape and range.</summary>
    public const string Output = "network_output";

    /// <summary>The name prefix of feature maps that a dropout mask was applied to.</summary>
    public const string Masked = "Dropout_";

    /// <summary>Returns whether a value is a feature map that a dropout mask was applied to.</summary>
    public static bool IsMasked(string value) => value.StartsWith(Masked, StringComparison.Ordinal);
}

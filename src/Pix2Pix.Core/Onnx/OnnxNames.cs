


namespace Pix2Pix.Onnx;

/// <summary>The names of the exported model's input, outputs and metadata. ML.NET makes columns of them: nobody else has these.</summary>
public static class OnnxNames
{
    /// <summary>
    /// The input: uint8 (N, H, W, 4), alpha, blue, green, red. Alpha counts for <see cref="ImageChannels.Rgba"/> alone.
    /// </summary>
    public const string Input = "pix2pix_input_abgr";

    /// <summary>
    /// The output: uint8 (N, H, W, 4), alpha (255 but for <see cref="ImageChannels.Rgba"/>), blue, green, red. Gray stands in all
    /// three colours; chroma is joined with the lightness of the input.
    /// </summary>
    public const string Output = "pix2pix_output_abgr";

    /// <summary>
    /// A second output of generators of <see cref="ImageChannels.Chroma"/>: uint8 (N, H, W, 2), a* + 128 and b* + 128, to be joined
    /// with a lightness of higher resolution.
    /// </summary>
    public const string Chroma = "pix2pix_output_ab";

    /// <summary>The metadata key of the layout's version.</summary>
    public const string Version = "pix2pix.version";

    /// <summary>The metadata key of the <see cref="GeneratorOptions"/>, JSON.</summary>
    public const string Generator = "pix2pix.generator";

    /// <summary>The metadata key of the <see cref="InferenceOptions"/>, JSON.</summary>
    public const string Inference = "pix2pix.inference";

    /// <summary>
    /// The metadata key of the <see cref="ModelShape"/>, JSON, of a model that was trained elsewhere. Where it is missing, the generator's
    /// options hold.
    /// </summary>
    public const string Shape = "pix2pix.shape";

    /// <summary>
    /// The metadata key of the <see cref="PreprocessingOptions"/>, JSON. It says how images of another size come to the model's. Where
    /// it is missing, the defaults hold.
    /// </summary>
    public const string Preprocessing = "pix2pix.preprocessing";

    /// <summary>The version that is written.</summary>
    public const string CurrentVersion = "1";
}

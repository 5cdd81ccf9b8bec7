namespace Pix2Pix.Torch.Onnx;

/// <summary>The names of the exported model's input, output and metadata. ML.NET makes columns of the first two: nobody else has these.</summary>
public static class OnnxNames
{
    /// <summary>The input: uint8 (N, H, W, 4), alpha, blue, green, red. Alpha is ignored.</summary>
    public const string Input = "pix2pix_input_abgr";

    /// <summary>The output: uint8 (N, H, W, 4), alpha (255), blue, green, red.</summary>
    public const string Output = "pix2pix_output_abgr";

    /// <summary>The metadata key of the layout's version.</summary>
    public const string Version = "pix2pix.version";

    /// <summary>The metadata key of the <see cref="Networks.GeneratorOptions"/>, JSON.</summary>
    public const string Generator = "pix2pix.generator";

    /// <summary>The metadata key of the <see cref="Networks.InferenceOptions"/>, JSON.</summary>
    public const string Inference = "pix2pix.inference";

    /// <summary>The version that is written.</summary>
    public const string CurrentVersion = "1";
}

namespace Pix2Pix.Onnx;

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

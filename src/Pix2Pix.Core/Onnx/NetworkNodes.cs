namespace Pix2Pix.Onnx;

/// <summary>Names and operators by which an exported network is recognized in its ONNX graph.</summary>
internal static class NetworkNodes
{
    /// <summary>The operator that normalizes an image by its own statistics.</summary>
    public const string Norm = "InstanceNormalization";

    /// <summary>The epsilon of <see cref="Norm"/> where a node does not have one, from the ONNX specification.</summary>
    public const float NormEpsilon = 1e-5f;

    /// <summary>The input of the network, (N, C, H, W) in [-1, 1].</summary>
    public const string Input = "network_input";

    /// <summary>The output of the network, likewise.</summary>
    public const string Output = "network_output";

    /// <summary>The prefix of feature maps behind a dropout mask.</summary>
    public const string Masked = "Dropout_";

    /// <summary>Whether a value is a feature map behind a dropout mask.</summary>
    public static bool IsMasked(string value) => value.StartsWith(Masked, StringComparison.Ordinal);
}

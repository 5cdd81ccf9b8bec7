using Pix2Pix.Torch.Networks;

namespace Pix2Pix.Torch.Import;

/// <summary>A convolution of the PyTorch network with its normalization, and the <see cref="ConvolutionLayer"/> that it maps to.</summary>
/// <param name="Convolution">The name of the convolution in PyTorch: "model.model.0".</param>
/// <param name="Norm">The name of the normalization in PyTorch, or null if the layer never has one.</param>
/// <param name="Target">The layer name in this library: "encoder1".</param>
/// <param name="Shape">The shape of the weight, the same on both sides: (out, in, k, k), or (in, out, k, k) if transposed.</param>
/// <param name="Outputs">The number of output channels of the convolution.</param>
internal sealed record SourceLayer(string Convolution, string? Norm, string Target, long[] Shape, int Outputs)
{
    /// <summary>Whether the weight is that of a transposed convolution.</summary>
    public bool IsTransposed { get; init; }

    /// <summary>Whether the layer outputs the image: its output count is not a filter count, and it always has a bias.</summary>
    public bool IsLast { get; init; }

    /// <summary>The output axis of the weight; the other of the first two axes is the input axis.</summary>
    public int OutputAxis => IsTransposed ? 1 : 0;

    public string Weight => $"{Convolution}.weight";

    public string Bias => $"{Convolution}.bias";
}

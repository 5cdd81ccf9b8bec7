using Pix2Pix.Torch.Networks;

namespace Pix2Pix.Torch.Import;

/// <summary>A convolution of the network in PyTorch with its norm, and the <see cref="ConvolutionLayer"/> that it becomes.</summary>
/// <param name="Convolution">Its name there: "model.model.0".</param>
/// <param name="Norm">Its norm's name there, or null where none follows whatever the network's norm.</param>
/// <param name="Target">The layer's name here: "encoder1".</param>
/// <param name="Shape">Of the weight, the same on both sides: (out, in, k, k), transposed (in, out, k, k).</param>
/// <param name="Outputs">Of the convolution.</param>
internal sealed record SourceLayer(string Convolution, string? Norm, string Target, long[] Shape, int Outputs)
{
    /// <summary>Whether the weight is that of a transposed convolution.</summary>
    public bool IsTransposed { get; init; }

    /// <summary>Whether it gives the image: its number of outputs is not one of filters, and it always has a bias.</summary>
    public bool IsLast { get; init; }

    /// <summary>The axis of the weight's outputs; the other of the first two is that of its inputs.</summary>
    public int OutputAxis => IsTransposed ? 1 : 0;

    public string Weight => $"{Convolution}.weight";

    public string Bias => $"{Convolution}.bias";
}

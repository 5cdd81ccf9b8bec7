using static TorchSharp.torch;

namespace Pix2Pix.Torch.Networks;

/// <summary>How maps lie in memory; their dimensions and values are the same in any case.</summary>
internal static class ActivationLayout
{
    /// <summary>
    /// (N, C, H, W), of which the channels of a place lie side by side: PyTorch's channels_last. Itself where it lies so, else a copy.
    /// </summary>
    /// <remarks>
    /// Convolutions keep it, as do norms over a batch, activations and joins of two such maps. Instance normalization goes back to planes;
    /// and so does what follows a map of one place, as a U-Net has in its middle, which lies both ways.
    /// </remarks>
    public static Tensor ChannelsLast(this Tensor x)
    {
        var (channels, height, width) = (x.shape[1], x.shape[2], x.shape[3]);
        return x.stride() is [var image, 1, var row, var place]
            && place == channels && row == channels * width && image == channels * width * height
            ? x
            : x.permute(0, 2, 3, 1).contiguous().permute(0, 3, 1, 2);
    }
}

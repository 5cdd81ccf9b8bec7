using static TorchSharp.torch;

namespace Pix2Pix.Torch.Networks;

/// <summary>Changes the memory layout of activations; their dimensions and values stay the same.</summary>
internal static class ActivationLayout
{
    /// <summary>
    /// Returns (N, C, H, W) with the channels of a pixel adjacent in memory: PyTorch's channels_last. Returns the tensor itself if it
    /// already has this layout, otherwise a copy.
    /// </summary>
    /// <remarks>
    /// Convolutions, batch normalization, activation functions and concatenations of two such tensors preserve the layout. Instance
    /// normalization returns to planes, and so do operations after a 1x1 feature map, as in the middle of a U-Net, which matches both
    /// layouts.
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

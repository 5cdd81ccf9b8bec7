namespace Pix2Pix;

/// <summary>The order of the dimensions of images.</summary>
public enum ImageLayout
{
    /// <summary>(N, C, H, W), as in PyTorch.</summary>
    ChannelsFirst,

    /// <summary>(N, H, W, C), as in TensorFlow.</summary>
    ChannelsLast,
}

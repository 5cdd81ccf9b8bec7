namespace Pix2Pix;

/// <summary>The order of the dimensions of images.</summary>
public enum ImageLayout
{
    /// <summary>(N, C, H, W), as PyTorch has them.</summary>
    ChannelsFirst,

    /// <summary>(N, H, W, C), as TensorFlow has them.</summary>
    ChannelsLast,
}

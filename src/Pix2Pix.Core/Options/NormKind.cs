namespace Pix2Pix;

/// <summary>The normalization that follows a convolution.</summary>
public enum NormKind
{
    /// <summary>Batch normalization with learned scale and shift, epsilon 1e-5, momentum 0.1: the paper's choice.</summary>
    Batch,

    /// <summary>Instance normalization without scale and shift, epsilon 1e-5: each image is normalized by itself.</summary>
    Instance,

    /// <summary>No normalization.</summary>
    None,
}

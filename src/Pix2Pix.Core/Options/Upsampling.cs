namespace Pix2Pix;

/// <summary>How a generator doubles the size of a feature map.</summary>
public enum Upsampling
{
    /// <summary>A transposed convolution: the paper's choice. Early in training it produces checkerboard artifacts.</summary>
    TransposedConvolution,

    /// <summary>
    /// Nearest-neighbor upsampling by two, reflection padding, a 3x3 convolution: no checkerboard artifacts (Odena, Dumoulin and Olah 2016,
    /// "Deconvolution and checkerboard artifacts").
    /// </summary>
    ResizeConvolution,
}

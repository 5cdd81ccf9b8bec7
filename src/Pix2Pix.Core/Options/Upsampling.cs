namespace Pix2Pix;

/// <summary>How a generator doubles the size of a map.</summary>
public enum Upsampling
{
    /// <summary>A transposed convolution: the paper's choice. Early in a training it shows a checkerboard.</summary>
    TransposedConvolution,

    /// <summary>
    /// Nearest neighbour times two, padding by reflection, a 3x3 convolution: no checkerboard (Odena, Dumoulin and Olah 2016,
    /// "Deconvolution and checkerboard artifacts").
    /// </summary>
    ResizeConvolution,
}

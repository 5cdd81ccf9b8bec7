using Pix2Pix.Imaging;

namespace Pix2Pix;

/// <summary>How <see cref="ImageResizer"/> computes a pixel of the new size.</summary>
public enum ResizeKernel
{
    /// <summary>
    /// The pixel of the old image that covers the new pixel's centre; the left or upper one if the centre falls between two, which is what
    /// ML.NET's ResizeImages (Fill) takes. Invents no colours: the choice for label maps.
    /// </summary>
    Nearest,

    /// <summary>
    /// Bicubic convolution (Keys 1981, a = -0.5), widened when shrinking so that fine patterns are averaged instead of skipped.
    /// The choice for photographs, and what the usual pix2pix data pipelines do.
    /// </summary>
    Cubic,
}

using Pix2Pix.Imaging;

namespace Pix2Pix;

/// <summary>How <see cref="ImageResizer"/> computes a pixel of the resized image.</summary>
public enum ResizeKernel
{
    /// <summary>
    /// The source pixel that covers the new pixel's center; the left or upper one if the center falls between two, as in ML.NET's
    /// ResizeImages (Fill). Creates no new colors: the choice for label maps.
    /// </summary>
    Nearest,

    /// <summary>
    /// Bicubic convolution (Keys 1981, a = -0.5), widened when shrinking so that fine patterns are averaged instead of skipped. The choice
    /// for photographs, and what common pix2pix data pipelines use.
    /// </summary>
    Cubic,
}

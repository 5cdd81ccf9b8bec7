
namespace Pix2Pix.Imaging;

/// <summary>
/// Draws the edges of a photograph as black lines one pixel wide on white, to create an input from its target. The result is the same bytes
/// on every platform. Pure and thread-safe.
/// </summary>
/// <remarks>
/// The method is J. Canny, "A Computational Approach to Edge Detection", PAMI 8 (1986): Gaussian smoothing, gradients by the 3x3 Sobel
/// operator, non-maximum suppression among the eight neighbors, and hysteresis. For color images, each pixel uses the channel with the
/// longest gradient. The computation is in single precision and uses only +, - and *. With <see cref="EdgeOptions.Sigma"/> and
/// <see cref="EdgeOptions.MinLength"/> off, it matches OpenCV's <c>Canny</c> with <c>L2gradient=True</c> bit for bit.
/// </remarks>
public static class EdgeDrawing
{
    /// <summary>Draws the edges of an image.</summary>
    /// <param name="image">A gray, RGB or RGBA image of any size. Alpha is ignored.</param>
    /// <param name="options">The options; the defaults if null.</param>
    /// <returns>A new image of the same size with one channel: 0 on a line, 255 elsewhere.</returns>
    /// <exception cref="ArgumentException">The image has two channels.</exception>
    public static PixelImage Draw(PixelImage image, EdgeOptions? options = null)
    {
        options ??= EdgeOptions.Default;
        using var ridges = Ridges(image, options);
        var thresholds = options.Thresholds ?? AutomaticThresholds.Of(ridges);
        return new EdgeTracer(ridges, thresholds, options.MinLength).Draw();
    }

    /// <summary>
    /// Returns the thresholds that <see cref="Draw"/> uses if none are given. Set them explicitly if all images of a set should have the
    /// same thresholds.
    /// </summary>
    /// <param name="image">A gray, RGB or RGBA image of any size. Alpha is ignored.</param>
    /// <param name="options">The options, of which only sigma is used; the defaults if null.</param>
    /// <exception cref="ArgumentException">The image has two channels.</exception>
    /// <remarks>
    /// Otsu's method (1979) splits the ridges of the gradient, except those of 20 and below, into two classes by the logarithm of their
    /// length. The high threshold is between the two classes and at least 20. The low threshold is 0.4 times the high one, as in MATLAB's
    /// <c>edge</c>.
    /// </remarks>
    public static EdgeThresholds FindThresholds(PixelImage image, EdgeOptions? options = null)
    {
        using var ridges = Ridges(image, options ?? EdgeOptions.Default);
        return AutomaticThresholds.Of(ridges);
    }

    private static FloatPlane Ridges(PixelImage image, EdgeOptions options)
    {
        ArgumentNullException.ThrowIfNull(image);
        if (image.Channels == 2)
            throw new ArgumentException("The image has 2 channels; expected 1 (gray), 3 (RGB) or 4 (RGBA).", nameof(image));
        using var gradients = new GradientField(image, options.Sigma);
        return gradients.Ridges();
    }
}


namespace Pix2Pix.Imaging;

/// <summary>
/// Draws the edges of a photograph, one pixel wide, black on white: an input that is computed from its target. The same bytes on every
/// platform; pure and thread-safe.
/// </summary>
/// <remarks>
/// J. Canny, "A Computational Approach to Edge Detection", PAMI 8 (1986): smoothing by a Gaussian, the gradient by the 3x3 Sobel operator,
/// its ridges among the eight neighbours, hysteresis. Of colours the channel with the longest gradient counts. Computed in single precision
/// by +, -, * alone. With <see cref="EdgeOptions.Sigma"/> and <see cref="EdgeOptions.MinLength"/> off it is OpenCV's <c>Canny</c> with
/// <c>L2gradient=True</c> to the bit.
/// </remarks>
public static class EdgeDrawing
{
    /// <summary>Draws edges.</summary>
    /// <param name="image">Gray, RGB or RGBA, whose alpha is left out; of any size.</param>
    /// <param name="options">How; the defaults where null.</param>
    /// <returns>A new image of the same size and one channel: 0 on a line, 255 beside it.</returns>
    /// <exception cref="ArgumentException">The image has two channels.</exception>
    public static PixelImage Draw(PixelImage image, EdgeOptions? options = null)
    {
        options ??= EdgeOptions.Default;
        using var ridges = Ridges(image, options);
        var thresholds = options.Thresholds ?? AutomaticThresholds.Of(ridges);
        return new EdgeTracer(ridges, thresholds, options.MinLength).Draw();
    }

    /// <summary>
    /// The thresholds that <see cref="Draw"/> takes where none are given. Fix them, where all images of a set shall have the same.
    /// </summary>
    /// <param name="image">Gray, RGB or RGBA, whose alpha is left out; of any size.</param>
    /// <param name="options">Their sigma counts; the defaults where null.</param>
    /// <exception cref="ArgumentException">The image has two channels.</exception>
    /// <remarks>
    /// Otsu's method (1979) parts the ridges of the gradient, those of 20 and less left out, into two classes by the logarithm of their
    /// length. The high threshold stands between these, at least at 20; the low one is 0.4 of it, as in MATLAB's <c>edge</c>.
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

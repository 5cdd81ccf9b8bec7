namespace Pix2Pix;

/// <summary>How images of any size are prepared for training. Immutable.</summary>
public sealed record PreprocessingOptions
{
    /// <summary>Resizes and crops, with the cubic kernel.</summary>
    public static PreprocessingOptions Default { get; } = new();

    /// <summary>The preprocessing mode.</summary>
    /// <value>The default is <see cref="PreprocessingMode.ResizeAndCrop"/>, as in the paper.</value>
    /// <remarks>It applies to training. A translation resizes every image to the generator's size, in all modes.</remarks>
    public PreprocessingMode Mode { get; init => field = Guard.Defined(value); } = PreprocessingMode.ResizeAndCrop;

    /// <summary>How input images are resized: nearest for label maps, cubic for photographs.</summary>
    /// <value>The default is <see cref="ResizeKernel.Cubic"/>.</value>
    /// <remarks>
    /// The kernel is saved with the model, which also uses it to translate images of another size than the generator's. There, ML.NET's own
    /// resizer is used, so that a saved pipeline needs nothing else. Cubic: its IsoCrop, blended, cropped around the center if the shape
    /// differs. Nearest: its Fill, which creates no new colors but stretches if the shape differs, because ML.NET has no nearest kernel
    /// that crops. Therefore <see cref="PreprocessingMode.ResizeAndCrop"/> also stretches both images of a pair if this is Nearest.
    /// </remarks>
    public ResizeKernel InputKernel { get; init => field = Guard.Defined(value); } = ResizeKernel.Cubic;

    /// <summary>How target images are resized.</summary>
    /// <value>The default is <see cref="ResizeKernel.Cubic"/>.</value>
    public ResizeKernel TargetKernel { get; init => field = Guard.Defined(value); } = ResizeKernel.Cubic;
}

/// <summary>How images of any size are prepared for training. Both images of a pair end up with the same size.</summary>
public enum PreprocessingMode
{
    /// <summary>
    /// Cropped to the generator's shape around the center and resized to the load size, which is the generator's size times
    /// <see cref="AugmentationOptions.LoadScale"/>; each step uses a random crop. Stretched instead of cropped if
    /// <see cref="PreprocessingOptions.InputKernel"/> is nearest.
    /// </summary>
    ResizeAndCrop,

    /// <summary>
    /// Kept at the input's own size; each step uses a random crop. For large images whose details matter. No image may be smaller than the
    /// generator's size. A target of another resolution is resized to the input's.
    /// </summary>
    Crop,

    /// <summary>
    /// Scaled to the load width, with the height in proportion; each step uses a random crop. The height must not become smaller than the
    /// generator's height.
    /// </summary>
    ScaleWidth,

    /// <summary>
    /// Used unchanged: all images must have the generator's size, and <see cref="AugmentationOptions.LoadScale"/> is ignored.
    /// </summary>
    None,
}

/// <summary>How a pixel of a resized image is computed.</summary>
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

/// <summary>How edges are drawn. Immutable.</summary>
public sealed record EdgeOptions
{
    /// <summary>The thresholds are found for each image.</summary>
    public static EdgeOptions Default { get; } = new();

    /// <summary>The standard deviation of the Gaussian that smooths the image first, in pixels.</summary>
    /// <value>The default is 1.4. From 0, which means no smoothing, to 10.</value>
    /// <remarks>A larger value removes texture and noise, and rounds corners.</remarks>
    public double Sigma { get; init => field = Guard.InRange(value, 0.0, 10.0); } = 1.4;

    /// <summary>The gradient thresholds of an edge.</summary>
    /// <value>
    /// The default is <see langword="null"/>: found for each image by Otsu's method; the low threshold is then 0.4 times the high one.
    /// </value>
    public EdgeThresholds? Thresholds { get; init; }

    /// <summary>The minimum length of a line in pixels; shorter lines are removed.</summary>
    /// <value>
    /// The default is 5, as in the script that made the edges of the paper's data sets. From 1, which keeps all lines, to 1000.
    /// </value>
    public int MinLength { get; init => field = Guard.InRange(value, 1, 1000); } = 5;
}

/// <summary>The gradient thresholds of an edge. Immutable.</summary>
/// <remarks>
/// The unit is that of OpenCV's <c>Canny</c> with <c>L2gradient=True</c>: the magnitude of the gradient of the 3x3 Sobel operator, for
/// levels from 0 to 255. A sharp step from black to white has 1020 before smoothing.
/// </remarks>
public sealed record EdgeThresholds
{
    /// <summary>Creates a pair of thresholds.</summary>
    /// <param name="low">A line continues where the gradient is above this value. At least 0.</param>
    /// <param name="high">A line must exceed this value at one pixel or more. At least <paramref name="low"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException">
    /// A threshold is negative or not a number, or the high threshold is below the low one.
    /// </exception>
    public EdgeThresholds(double low, double high)
    {
        if (!(low >= 0 && double.IsFinite(low)))
            throw new ArgumentOutOfRangeException(nameof(low), low, $"The low threshold is {low}; expected at least 0.");
        if (!(high >= low && double.IsFinite(high)))
        {
            throw new ArgumentOutOfRangeException(
                nameof(high), high, $"The high threshold is {high}; expected at least {low}, the low threshold.");
        }

        (Low, High) = (low, high);
    }

    /// <summary>The low threshold: a line continues where the gradient is above it.</summary>
    public double Low { get; }

    /// <summary>The high threshold: a line must exceed it at one pixel or more.</summary>
    public double High { get; }
}

/// <summary>Which parts of an image are blanked out. Immutable.</summary>
public sealed record BlankOptions
{
    /// <summary>One block in the center.</summary>
    public static BlankOptions Default { get; } = new();

    /// <summary>The number of blocks at random positions inside the image; they may overlap.</summary>
    /// <value>The default is 0, at most 1000. 0 is one block in the center.</value>
    public int RandomBlocks { get; init => field = Guard.InRange(value, 0, 1000); }

    /// <summary>The sides of a block relative to those of the image.</summary>
    /// <value>
    /// The default is 0.5, as in D. Pathak et al., "Context Encoders: Feature Learning by Inpainting", CVPR 2016. From 0.01 to 1.
    /// </value>
    public double Size { get; init => field = Guard.InRange(value, 0.01, 1); } = 0.5;

    /// <summary>The level that fills a block, in all channels except alpha.</summary>
    /// <value>The default is 128, a middle gray.</value>
    public byte Level { get; init; } = 128;

    /// <summary>The seed of the positions. It is combined with the image's pixels, so that an image always has the same blocks.</summary>
    /// <value>The default is 0.</value>
    public int Seed { get; init; }
}

/// <summary>How details are removed from an image. Immutable.</summary>
public sealed record LowResolutionOptions
{
    /// <summary>Reduces each side by a factor of four.</summary>
    public static LowResolutionOptions Default { get; } = new();

    /// <summary>The factor by which each side is reduced. Sides are rounded to whole pixels, at least one.</summary>
    /// <value>The default is 4. From 1 to 64.</value>
    public int Factor { get; init => field = Guard.InRange(value, 1, 64); } = 4;

    /// <summary>How the small image is enlarged: smoothly, or in blocks of one color.</summary>
    /// <value>The default is <see cref="ResizeKernel.Cubic"/>.</value>
    public ResizeKernel Enlarging { get; init => field = Guard.Defined(value); } = ResizeKernel.Cubic;
}

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
internal static class EdgeDrawing
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

/// <summary>
/// Finds the thresholds of an image from its own ridges. The method is N. Otsu, "A Threshold Selection Method from Gray-Level Histograms"
/// (IEEE Transactions on Systems, Man, and Cybernetics 9, 1979), applied to the logarithm of the gradient lengths. Gradients spread over
/// orders of magnitude; without the logarithm, a few edges between black and white would hide all others.
/// </summary>
internal static class AutomaticThresholds
{
    /// <summary>
    /// The lowest value of the high threshold: about one level per pixel on each side of an edge, which is noise or a smooth surface.
    /// </summary>
    private const double Least = 20;

    /// <summary>The ratio of the low to the high threshold, as in MATLAB's edge. Canny's paper recommends a third to a half.</summary>
    private const double Ratio = 0.4;

    // The bits of a single-precision number, read as an integer, approximate its base-2 logarithm, linearly between powers of two. Without
    // the last 20 bits, there are eight classes for each doubling of the squared length.
    private const int Shift = 20;

    public static EdgeThresholds Of(FloatPlane ridges)
    {
        var counts = new int[(BitConverter.SingleToInt32Bits(float.MaxValue) >> Shift) + 1];
        for (var y = 0; y < ridges.Height; y++)
        {
            foreach (var squared in ridges.Row(y)[..ridges.Width])
            {
                if (squared > Least * Least)
                    counts[BitConverter.SingleToInt32Bits(squared) >> Shift]++;
            }
        }

        var high = Math.Max(Least, Math.Sqrt(BitConverter.Int32BitsToSingle((LastOfLower(counts) + 1) << Shift)));
        return new EdgeThresholds(Ratio * high, high);
    }

    // Returns the last class of the lower part of the split with the largest between-class variance; -1 if there is only one class.
    private static int LastOfLower(int[] counts)
    {
        var (all, sum) = (0L, 0L);
        for (var i = 0; i < counts.Length; i++)
            (all, sum) = (all + counts[i], sum + ((long)i * counts[i]));

        var (below, sumBelow, best, most) = (0L, 0L, -1, 0.0);
        for (var i = 0; i < counts.Length && below + counts[i] < all; i++)
        {
            (below, sumBelow) = (below + counts[i], sumBelow + ((long)i * counts[i]));
            if (below == 0)
                continue;
            var distance = ((double)(sum - sumBelow) / (all - below)) - ((double)sumBelow / below);
            var variance = (double)below * (all - below) * distance * distance;
            if (variance > most)
                (best, most) = (i, variance);
        }

        return best;
    }
}

/// <summary>
/// Draws ridges as lines: those above the high threshold, and those connected to them above the low threshold (hysteresis).
/// </summary>
internal sealed class EdgeTracer
{
    private const byte Paper = 255;
    private const byte Ink = 0;

    private readonly FloatPlane _ridges;
    private readonly float _low;
    private readonly float _high;
    private readonly int _minLength;
    private readonly PixelImage _drawing;
    private readonly List<int> _line = []; // positions in the plane

    public EdgeTracer(FloatPlane ridges, EdgeThresholds thresholds, int minLength)
    {
        _ridges = ridges;
        (_low, _high) = ((float)(thresholds.Low * thresholds.Low), (float)(thresholds.High * thresholds.High));
        _minLength = minLength;
        _drawing = new PixelImage(ridges.Width, ridges.Height, channels: 1);
        Array.Fill(_drawing.Pixels, Paper);
    }

    /// <summary>Draws black lines on white in one channel. Ridges that were visited are cleared from the plane.</summary>
    public PixelImage Draw()
    {
        var ridges = _ridges.Values;
        for (var y = 0; y < _ridges.Height; y++)
        {
            var (first, end) = (_ridges.At(0, y), _ridges.At(_ridges.Width, y));
            for (var place = first; place < end; place++)
            {
                if (ridges[place] > _high)
                    Follow(ridges, place);
            }
        }

        return _drawing;
    }

    private void Follow(Span<float> ridges, int start)
    {
        _line.Clear();
        Take(ridges, start);
        for (var traced = 0; traced < _line.Count; traced++)
        {
            var (at, stride) = (_line[traced], _ridges.Stride);
            for (var row = at - stride; row <= at + stride; row += stride)
            {
                for (var place = row - 1; place <= row + 1; place++)
                {
                    if (ridges[place] > _low)
                        Take(ridges, place);
                }
            }
        }

        if (_line.Count < _minLength)
            return;
        foreach (var place in _line)
        {
            var (y, x) = Math.DivRem(place - _ridges.At(0, 0), _ridges.Stride);
            _drawing.Pixels[(y * _drawing.Width) + x] = Ink;
        }
    }

    private void Take(Span<float> ridges, int place)
    {
        ridges[place] = 0;
        _line.Add(place);
    }
}

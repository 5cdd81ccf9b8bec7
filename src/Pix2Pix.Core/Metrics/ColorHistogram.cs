using Pix2Pix.Imaging;

namespace Pix2Pix.Metrics;

/// <summary>
/// Counts how often each level of L*, a* and b* occurs in images: three histograms, as in figure 7 of the pix2pix paper (Isola et al.
/// 2017). Not thread-safe.
/// </summary>
/// <remarks>
/// Each histogram has 256 bins, the bytes of <see cref="ChannelConversion"/>: L* in steps of 100 / 255, a* and b* in steps of 1. The paper
/// does not state its bin width, and narrower bins give lower intersections, so scores may not be comparable with the paper's.
/// </remarks>
internal sealed class ColorHistogram
{
    private const int Bins = 256;
    private const int PixelsAtOnce = 256;

    private readonly long[] _lightness = new long[Bins];
    private readonly long[] _a = new long[Bins];
    private readonly long[] _b = new long[Bins];

    /// <summary>The number of pixels added.</summary>
    public long Pixels { get; private set; }

    /// <summary>Adds the pixels of an image.</summary>
    /// <param name="image">A gray, RGB or RGBA image. Alpha is ignored.</param>
    /// <exception cref="ArgumentException">The image has two channels.</exception>
    public void Add(PixelImage image)
    {
        var rgb = ChannelConversion.ToChannels(image, ImageChannels.Rgb).Pixels;
        Span<byte> lab = stackalloc byte[PixelsAtOnce * PixelImage.Rgb];
        for (var start = 0; start < rgb.Length; start += lab.Length)
        {
            var length = Math.Min(lab.Length, rgb.Length - start);
            LabPixels.ToBytes(rgb.AsSpan(start, length), lab);
            for (var i = 0; i < length; i += PixelImage.Rgb)
            {
                _lightness[lab[i]]++;
                _a[lab[i + 1]]++;
                _b[lab[i + 2]]++;
            }
        }

        Pixels += rgb.Length / PixelImage.Rgb;
    }

    /// <summary>Adds the pixels of another histogram.</summary>
    /// <param name="other">The histogram to add. It is not changed.</param>
    public void Add(ColorHistogram other)
    {
        ArgumentNullException.ThrowIfNull(other);
        Add(_lightness, other._lightness);
        Add(_a, other._a);
        Add(_b, other._b);
        Pixels += other.Pixels;
    }

    /// <summary>
    /// Computes the intersection of the normalized histograms, which is the sum over all bins of the smaller share (Swain and Ballard,
    /// "Color indexing", IJCV 7(1), 1991): 1 if the colors are the same, regardless of their arrangement, and 0 if no bin is shared.
    /// Symmetric.
    /// </summary>
    /// <param name="x">One histogram.</param>
    /// <param name="y">The other histogram, with any number of pixels.</param>
    /// <exception cref="InvalidOperationException">A histogram has no pixels.</exception>
    public static ColorOverlap Overlap(ColorHistogram x, ColorHistogram y)
    {
        ArgumentNullException.ThrowIfNull(x);
        ArgumentNullException.ThrowIfNull(y);
        if (x.Pixels == 0 || y.Pixels == 0)
        {
            throw new InvalidOperationException(
                $"The histograms have {x.Pixels} and {y.Pixels} pixels; expected at least one each. Add an image to each first.");
        }

        return new ColorOverlap(Of(x._lightness, y._lightness), Of(x._a, y._a), Of(x._b, y._b));

        double Of(long[] ofX, long[] ofY)
            => Math.Min(1, Enumerable.Range(0, Bins).Sum(bin => Math.Min((double)ofX[bin] / x.Pixels, (double)ofY[bin] / y.Pixels)));
    }

    private static void Add(long[] bins, long[] others)
    {
        for (var bin = 0; bin < Bins; bin++)
            bins[bin] += others[bin];
    }
}

/// <summary>The overlap of the color histograms of two images or sets of images, in CIE L*a*b*.</summary>
/// <param name="Lightness">The overlap of the L* histograms, from 0 to 1.</param>
/// <param name="A">The overlap of the a* histograms (green to red), from 0 to 1.</param>
/// <param name="B">The overlap of the b* histograms (blue to yellow), from 0 to 1.</param>
public sealed record ColorOverlap(double Lightness, double A, double B);

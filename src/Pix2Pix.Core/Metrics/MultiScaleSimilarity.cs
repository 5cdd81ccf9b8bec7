using System.Numerics.Tensors;
using Pix2Pix.Imaging;

namespace Pix2Pix.Metrics;

/// <summary>
/// Multi-scale SSIM of Wang, Simoncelli and Bovik, "Multiscale structural similarity for image quality assessment", Asilomar 2003:
/// equation 7 with the weights of its section 3.2.
/// </summary>
internal static class MultiScaleSimilarity
{
    /// <summary>The smallest side for which the window of 11 pixels fits into the smallest of five scales.</summary>
    public const int SmallestSide = 161;

    private static readonly double[] Weights = [0.0448, 0.2856, 0.3001, 0.2363, 0.1333];

    /// <summary>Returns the mean over the channels.</summary>
    /// <param name="means">The means of the images at full size.</param>
    /// <param name="a">One image.</param>
    /// <param name="b">The other image.</param>
    public static double Mean(SimilarityMeans means, ISamples a, ISamples b)
    {
        double[] products = [.. means.Contrast.Select(contrast => Power(contrast, 0))];
        for (var scale = 1; scale < Weights.Length; scale++)
        {
            (a, b) = (new HalvedSamples(a), new HalvedSamples(b));
            means = StructuralSimilarity.Means(a, b);

            // The luminance is used only at the last scale.
            var parts = scale == Weights.Length - 1 ? means.Similarity : means.Contrast;
            for (var channel = 0; channel < products.Length; channel++)
                products[channel] *= Power(parts[channel], scale);
        }

        return products.Average();
    }

    // A negative mean has no real power, so it counts as 0.
    private static double Power(double mean, int scale) => Math.Pow(Math.Max(mean, 0), Weights[scale]);
}

/// <summary>An image as numbers, row by row, with interleaved channels.</summary>
internal interface ISamples
{
    int Width { get; }

    int Height { get; }

    int Channels { get; }

    /// <summary>Copies a row of Channels * Width numbers.</summary>
    void CopyRow(int y, Span<double> row);
}

/// <summary>The bytes of an image as samples from 0 to 255.</summary>
internal sealed class PixelSamples(PixelImage image) : ISamples
{
    public int Width => image.Width;

    public int Height => image.Height;

    public int Channels => image.Channels;

    public void CopyRow(int y, Span<double> row)
        => TensorPrimitives.ConvertTruncating<byte, double>(image.Pixels.AsSpan(y * row.Length, row.Length), row);
}

/// <summary>An image of half the size: the means of blocks of 2x2 samples. If a side is odd, the last column or row is repeated.</summary>
internal sealed class HalvedSamples : ISamples
{
    private readonly double[] _values; // row by row, channels interleaved

    public HalvedSamples(ISamples source)
    {
        (Width, Height, Channels) = ((source.Width + 1) / 2, (source.Height + 1) / 2, source.Channels);
        _values = new double[RowLength * Height];
        var (upper, lower) = (new double[Channels * source.Width], new double[Channels * source.Width]);
        for (var y = 0; y < Height; y++)
        {
            source.CopyRow(2 * y, upper);
            source.CopyRow(Math.Min(2 * y + 1, source.Height - 1), lower);
            Halve(upper, lower, _values.AsSpan(y * RowLength, RowLength));
        }
    }

    public int Width { get; }

    public int Height { get; }

    public int Channels { get; }

    private int RowLength => Channels * Width;

    public void CopyRow(int y, Span<double> row) => _values.AsSpan(y * RowLength, RowLength).CopyTo(row);

    private void Halve(ReadOnlySpan<double> upper, ReadOnlySpan<double> lower, Span<double> half)
    {
        for (var x = 0; x < Width; x++)
        {
            var left = 2 * x * Channels;
            var right = Math.Min(left + Channels, upper.Length - Channels);
            for (var channel = 0; channel < Channels; channel++)
            {
                half[x * Channels + channel] =
                    (upper[left + channel] + upper[right + channel] + lower[left + channel] + lower[right + channel]) / 4;
            }
        }
    }
}

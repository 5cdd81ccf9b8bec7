using System.Numerics.Tensors;
using Pix2Pix.Imaging;

namespace Pix2Pix.Metrics;

/// <summary>
/// Computes SSIM with separable windows: each row is filtered along x once, and the most recent filtered rows are then filtered along y.
/// </summary>
/// <remarks>
/// The channels stay interleaved: along x, the window advances by the number of channels, and along y by one row. One loop therefore
/// handles all channels, and the overall mean equals the mean of the channels' means.
/// </remarks>
internal sealed class StructuralSimilarity
{
    private const int FullWindow = 11;
    private const double Sigma = 1.5;
    private const double C1 = 0.01 * 255 * (0.01 * 255); // (K1 L)^2
    private const double C2 = 0.03 * 255 * (0.03 * 255); // (K2 L)^2

    private readonly ISamples _a;
    private readonly ISamples _b;
    private readonly double[] _window;
    private readonly double[][] _raw; // [moment][3 * width]: a, b, a^2 + b^2, a b of one row
    private readonly double[][][] _filtered; // [row % window][moment][3 * (width - window + 1)]
    private readonly double[][] _moments; // [moment][3 * (width - window + 1)]: Gaussian means around one row
    private readonly double[][] _taps; // the rows under the window
    private readonly double[] _similarity; // one row of the map
    private readonly double[] _contrast;

    private StructuralSimilarity(ISamples a, ISamples b)
    {
        _a = a;
        _b = b;
        _window = Gaussian(Math.Min(FullWindow, Math.Min(a.Width, a.Height)));
        int places = _a.Channels * (a.Width - _window.Length + 1);
        _raw = Moments(_a.Channels * a.Width);
        _filtered = [.. _window.Select(_ => Moments(places))];
        _moments = Moments(places);
        _taps = new double[_window.Length][];
        _similarity = new double[places];
        _contrast = new double[places];
    }

    public static double Mean(PixelImage a, PixelImage b) => Means(new PixelSamples(a), new PixelSamples(b)).Overall;

    public static SimilarityMeans Means(ISamples a, ISamples b) => new StructuralSimilarity(a, b).Means();

    private static double[][] Moments(int length) => [new double[length], new double[length], new double[length], new double[length]];

    /// <summary>Returns the weights of an odd window of at most the given size. They sum to 1.</summary>
    private static double[] Gaussian(int size)
    {
        int radius = (size - 1) / 2;
        double[] weights = [.. Enumerable.Range(-radius, 2 * radius + 1).Select(x => Math.Exp(-x * x / (2 * Sigma * Sigma)))];
        double total = weights.Sum();
        return [.. weights.Select(weight => weight / total)];
    }

    private SimilarityMeans Means()
    {
        double sum = 0.0;
        double[] similarity = new double[_a.Channels];
        double[] contrast = new double[_a.Channels];
        int rows = _a.Height - _window.Length + 1;
        for (int y = 0; y < _a.Height; y++)
        {
            FilterRow(y);
            int top = y - _window.Length + 1;
            if (top >= 0)
            {
                FilterColumns(top);
                MapRow();
                sum += Sum(_similarity);
                AddByChannel(_similarity, similarity);
                AddByChannel(_contrast, contrast);
            }
        }

        double places = (double)rows * _similarity.Length;
        return new SimilarityMeans(sum / places, [.. similarity.Select(OfChannel)], [.. contrast.Select(OfChannel)]);

        double OfChannel(double total) => total / (places / _a.Channels);
    }

    private void FilterRow(int y)
    {
        var (rawA, rawB, squares, products) = (_raw[0], _raw[1], _raw[2], _raw[3]);
        _a.CopyRow(y, rawA);
        _b.CopyRow(y, rawB);
        TensorPrimitives.Multiply(rawA, rawA, squares);
        TensorPrimitives.MultiplyAdd(rawB, rawB, squares, squares);
        TensorPrimitives.Multiply(rawA, rawB, products);

        double[][] filtered = _filtered[y % _window.Length];
        for (int moment = 0; moment < _raw.Length; moment++)
        {
            Array.Fill(_taps, _raw[moment]);
            Weigh(_taps, _a.Channels, filtered[moment]);
        }
    }

    private void FilterColumns(int top)
    {
        for (int moment = 0; moment < _moments.Length; moment++)
        {
            for (int tap = 0; tap < _taps.Length; tap++)
                _taps[tap] = _filtered[(top + tap) % _window.Length][moment];
            Weigh(_taps, 0, _moments[moment]);
        }
    }

    /// <summary>
    /// Computes the weighted sums of the window's rows, each of which starts one step after the previous one. The rows are added in order.
    /// </summary>
    private void Weigh(double[][] rows, int step, double[] sums)
    {
        TensorPrimitives.Multiply(rows[0].AsSpan(0, sums.Length), _window[0], sums);
        for (int tap = 1; tap < rows.Length; tap++)
            TensorPrimitives.MultiplyAdd(rows[tap].AsSpan(step * tap, sums.Length), _window[tap], sums, sums);
    }

    /// <summary>Turns the moments into the similarities and contrasts of one row. The moments' buffers are overwritten.</summary>
    private void MapRow()
    {
        var (a, b, variances, covariances) = (_moments[0], _moments[1], _moments[2], _moments[3]);
        TensorPrimitives.Multiply(a, b, _similarity);
        TensorPrimitives.Subtract(covariances, _similarity, covariances);
        TensorPrimitives.Multiply(_similarity, 2, _similarity);
        TensorPrimitives.Add(_similarity, C1, _similarity); // 2 a b + C1
        TensorPrimitives.Multiply(covariances, 2, covariances);
        TensorPrimitives.Add(covariances, C2, covariances); // 2 cov(a, b) + C2

        TensorPrimitives.Multiply(a, a, a);
        TensorPrimitives.MultiplyAdd(b, b, a, a); // a^2 + b^2
        TensorPrimitives.Subtract(variances, a, variances);
        TensorPrimitives.Add(variances, C2, variances); // var(a) + var(b) + C2
        TensorPrimitives.Add(a, C1, a); // a^2 + b^2 + C1

        TensorPrimitives.Divide(covariances, variances, _contrast);
        TensorPrimitives.Multiply(_similarity, covariances, _similarity);
        TensorPrimitives.Multiply(a, variances, a);
        TensorPrimitives.Divide(_similarity, a, _similarity);
    }

    private static double Sum(double[] row)
    {
        double sum = 0.0;
        foreach (double value in row)
            sum += value;
        return sum;
    }

    private static void AddByChannel(double[] row, double[] sums)
    {
        for (int channel = 0; channel < sums.Length; channel++)
        {
            double sum = 0.0;
            for (int i = channel; i < row.Length; i += sums.Length)
                sum += row[i];
            sums[channel] += sum;
        }
    }
}

/// <summary>The means of the SSIM map.</summary>
/// <param name="Overall">The mean over the whole map and all channels.</param>
/// <param name="Similarity">The mean over the whole map, per channel.</param>
/// <param name="Contrast">The mean of the map without its luminance term (contrast and structure), per channel.</param>
internal sealed record SimilarityMeans(double Overall, double[] Similarity, double[] Contrast);

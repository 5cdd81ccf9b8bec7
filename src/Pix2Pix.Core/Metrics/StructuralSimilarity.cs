using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
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
        for (int i = 0; i < rawA.Length; i++)
        {
            squares[i] = rawA[i] * rawA[i] + rawB[i] * rawB[i];
            products[i] = rawA[i] * rawB[i];
        }

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
        // The lengths are checked here once: the loop below reads without bounds checks, 60 numbers for each one that it writes.
        for (int tap = 0; tap < rows.Length; tap++)
            ArgumentOutOfRangeException.ThrowIfLessThan(rows[tap].Length, sums.Length + step * tap);

        int lanes = Vector<double>.Count;
        int i = 0;
        for (; i <= sums.Length - 4 * lanes; i += 4 * lanes)
        {
            var (first, second, third, fourth) = (Vector<double>.Zero, Vector<double>.Zero, Vector<double>.Zero, Vector<double>.Zero);
            for (int tap = 0; tap < rows.Length; tap++)
            {
                ref double row = ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(rows[tap]), i + step * tap);
                var weight = new Vector<double>(_window[tap]);
                first += Vector.LoadUnsafe(ref row) * weight;
                second += Vector.LoadUnsafe(ref row, (nuint)lanes) * weight;
                third += Vector.LoadUnsafe(ref row, (nuint)(2 * lanes)) * weight;
                fourth += Vector.LoadUnsafe(ref row, (nuint)(3 * lanes)) * weight;
            }

            first.CopyTo(sums, i);
            second.CopyTo(sums, i + lanes);
            third.CopyTo(sums, i + 2 * lanes);
            fourth.CopyTo(sums, i + 3 * lanes);
        }

        for (; i < sums.Length; i++)
        {
            double sum = 0.0;
            for (int tap = 0; tap < rows.Length; tap++)
                sum += rows[tap][i + step * tap] * _window[tap];
            sums[i] = sum;
        }
    }

    private void MapRow()
    {
        int i = 0;
        for (; i <= _similarity.Length - Vector<double>.Count; i += Vector<double>.Count)
        {
            var (a, b) = (new Vector<double>(_moments[0], i), new Vector<double>(_moments[1], i));
            var product = a * b;
            var squares = a * a + b * b;
            var covariance = new Vector<double>(_moments[3], i) - product;
            var variances = new Vector<double>(_moments[2], i) - squares;
            var numerator = covariance * 2 + new Vector<double>(C2);
            var denominator = variances + new Vector<double>(C2);
            var luminances = squares + new Vector<double>(C1);
            ((product * 2 + new Vector<double>(C1)) * numerator / (luminances * denominator)).CopyTo(_similarity, i);
            (numerator / denominator).CopyTo(_contrast, i);
        }

        for (; i < _similarity.Length; i++)
        {
            double product = _moments[0][i] * _moments[1][i];
            double squares = _moments[0][i] * _moments[0][i] + _moments[1][i] * _moments[1][i];
            double covariance = _moments[3][i] - product;
            double variances = _moments[2][i] - squares;
            _similarity[i] = (2 * product + C1) * (2 * covariance + C2) / ((squares + C1) * (variances + C2));
            _contrast[i] = (2 * covariance + C2) / (variances + C2);
        }
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

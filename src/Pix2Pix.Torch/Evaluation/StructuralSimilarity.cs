using System.Numerics;
using Pix2Pix.Torch.Data;

namespace Pix2Pix.Torch.Evaluation;

/// <summary>
/// SSIM with separable windows: each row is filtered along x once, and the last few filtered rows are then filtered along y.
/// </summary>
/// <remarks>
/// The channels stay interleaved: along x the window steps by 3 values, along y by one row, so one loop serves red, green and blue,
/// and the mean over everything equals the mean of the three channels' means.
/// </remarks>
internal sealed class StructuralSimilarity
{
    private const int FullWindow = 11;
    private const double Sigma = 1.5;
    private const double C1 = 0.01 * 255 * (0.01 * 255); // (K1 L)^2
    private const double C2 = 0.03 * 255 * (0.03 * 255); // (K2 L)^2

    private readonly PixelImage _a;
    private readonly PixelImage _b;
    private readonly double[] _window;
    private readonly double[][] _raw; // [moment][3 * width]: a, b, a^2 + b^2, a b of one row
    private readonly double[][][] _filtered; // [row % window][moment][3 * (width - window + 1)]
    private readonly double[][] _moments; // [moment][3 * (width - window + 1)]: their Gaussian means around one row

    private StructuralSimilarity(PixelImage a, PixelImage b)
    {
        _a = a;
        _b = b;
        _window = Gaussian(Math.Min(FullWindow, Math.Min(a.Width, a.Height)));
        int places = _a.Channels * (a.Width - _window.Length + 1);
        _raw = Moments(_a.Channels * a.Width);
        _filtered = [.. _window.Select(_ => Moments(places))];
        _moments = Moments(places);
    }

    public static double Mean(PixelImage a, PixelImage b) => new StructuralSimilarity(a, b).Mean();

    private static double[][] Moments(int length) => [new double[length], new double[length], new double[length], new double[length]];

    /// <summary>The weights of an odd window of at most the given size; they sum to 1.</summary>
    private static double[] Gaussian(int size)
    {
        int radius = (size - 1) / 2;
        double[] weights = [.. Enumerable.Range(-radius, 2 * radius + 1).Select(x => Math.Exp(-x * x / (2 * Sigma * Sigma)))];
        double total = weights.Sum();
        return [.. weights.Select(weight => weight / total)];
    }

    private double Mean()
    {
        double sum = 0.0;
        int rows = _a.Height - _window.Length + 1;
        for (int y = 0; y < _a.Height; y++)
        {
            FilterRow(y);
            int top = y - _window.Length + 1;
            if (top >= 0)
            {
                sum += SumOfRow(top);
            }
        }

        return sum / ((double)rows * _moments[0].Length);
    }

    private void FilterRow(int y)
    {
        int start = _raw[0].Length * y;
        for (int i = 0; i < _raw[0].Length; i++)
        {
            double a = _a.Pixels[start + i];
            double b = _b.Pixels[start + i];
            _raw[0][i] = a;
            _raw[1][i] = b;
            _raw[2][i] = a * a + b * b;
            _raw[3][i] = a * b;
        }

        double[][] filtered = _filtered[y % _window.Length];
        for (int moment = 0; moment < _raw.Length; moment++)
        {
            Array.Clear(filtered[moment]);
            for (int tap = 0; tap < _window.Length; tap++)
            {
                AddWeighted(_raw[moment].AsSpan(_a.Channels * tap), _window[tap], filtered[moment]);
            }
        }
    }

    private double SumOfRow(int top)
    {
        for (int moment = 0; moment < _moments.Length; moment++)
        {
            Array.Clear(_moments[moment]);
            for (int tap = 0; tap < _window.Length; tap++)
            {
                AddWeighted(_filtered[(top + tap) % _window.Length][moment], _window[tap], _moments[moment]);
            }
        }

        double sum = 0.0;
        for (int i = 0; i < _moments[0].Length; i++)
        {
            double product = _moments[0][i] * _moments[1][i];
            double squares = _moments[0][i] * _moments[0][i] + _moments[1][i] * _moments[1][i];
            double covariance = _moments[3][i] - product;
            double variances = _moments[2][i] - squares;
            sum += (2 * product + C1) * (2 * covariance + C2) / ((squares + C1) * (variances + C2));
        }

        return sum;
    }

    private static void AddWeighted(ReadOnlySpan<double> values, double weight, Span<double> sums)
    {
        int i = 0;
        for (; i <= sums.Length - Vector<double>.Count; i += Vector<double>.Count)
        {
            (new Vector<double>(sums[i..]) + new Vector<double>(values[i..]) * weight).CopyTo(sums[i..]);
        }

        for (; i < sums.Length; i++)
        {
            sums[i] += values[i] * weight;
        }
    }
}

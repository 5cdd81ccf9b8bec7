using System.Numerics;
using System.Runtime.InteropServices;

namespace Pix2Pix.Imaging;

/// <summary>Smooths a plane. The border pixels are replicated beyond the border.</summary>
internal sealed class GaussianBlur
{
    private const int One = 1 << 16;

    private readonly float[] _weights; // for the center and for the pixels at each distance from it

    /// <param name="sigma">The standard deviation in pixels, above 0. The window radius is three times sigma, rounded up.</param>
    public GaussianBlur(double sigma)
    {
        // The exponential function differs in its last digit between platforms. The weights, rounded to 2^-16, do not.
        var reach = (int)Math.Ceiling(3 * sigma);
        double[] exact = [.. Enumerable.Range(0, reach + 1).Select(x => Math.Exp(-x * x / (2 * sigma * sigma)))];
        var total = (2 * exact.Sum()) - exact[0];
        int[] parts = [.. exact.Select(weight => (int)Math.Round(One * weight / total))];
        parts[0] = One - (2 * parts.Skip(1).Sum());
        _weights = [.. parts.Select(part => (float)part / One)];
    }

    private int Reach => _weights.Length - 1;

    public void Apply(FloatPlane plane)
    {
        using var down = new FloatPlane(plane.Width, plane.Height);
        for (var y = 0; y < plane.Height; y++)
            Down(plane, y, Vectors(down.Row(y), plane.Width));
        var padded = new float[plane.Width + (2 * Reach) + Vector<float>.Count];
        for (var y = 0; y < plane.Height; y++)
        {
            var row = down.Row(y)[..plane.Width];
            row.CopyTo(padded.AsSpan(Reach));
            padded.AsSpan(0, Reach).Fill(row[0]);
            padded.AsSpan(Reach + row.Length).Fill(row[^1]);
            Across(padded, Vectors(plane.Row(y), plane.Width));
        }
    }

    private void Down(FloatPlane plane, int y, Span<Vector<float>> sum)
    {
        Centre(Vectors(plane.Row(y), plane.Width), sum);
        for (var i = 1; i <= Reach; i++)
        {
            var (above, below) = (Math.Max(y - i, 0), Math.Min(y + i, plane.Height - 1));
            Add(Vectors(plane.Row(above), plane.Width), Vectors(plane.Row(below), plane.Width), _weights[i], sum);
        }
    }

    private void Across(Span<float> padded, Span<Vector<float>> sum)
    {
        var width = padded.Length - (2 * Reach) - Vector<float>.Count;
        Centre(Vectors(padded[Reach..], width), sum);
        for (var i = 1; i <= Reach; i++)
            Add(Vectors(padded[(Reach - i)..], width), Vectors(padded[(Reach + i)..], width), _weights[i], sum);
    }

    // Vectors of any width give the same bits: each value is computed on its own, in this order.
    private static Span<Vector<float>> Vectors(Span<float> values, int count)
        => MemoryMarshal.Cast<float, Vector<float>>(values)[..((count + Vector<float>.Count - 1) / Vector<float>.Count)];

    private void Centre(ReadOnlySpan<Vector<float>> values, Span<Vector<float>> sum)
    {
        for (var i = 0; i < sum.Length && i < values.Length; i++)
            sum[i] = values[i] * _weights[0];
    }

    private static void Add(ReadOnlySpan<Vector<float>> before, ReadOnlySpan<Vector<float>> behind, float weight, Span<Vector<float>> sum)
    {
        for (var i = 0; i < sum.Length && i < before.Length && i < behind.Length; i++)
            sum[i] += (before[i] + behind[i]) * weight;
    }
}

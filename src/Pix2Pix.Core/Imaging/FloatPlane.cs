using System.Buffers;
using System.Numerics;
using System.Numerics.Tensors;

namespace Pix2Pix.Imaging;

/// <summary>
/// One channel in single precision, in rented memory, with a border of one pixel around it and padding behind each row. Whole vectors can
/// be read at any pixel and its neighbors, and written at any pixel. The contents of the padding are undefined.
/// </summary>
internal sealed class FloatPlane : IDisposable
{
    private const int Ring = 1;
    private const int Padding = 32; // at least one vector on any machine, and the border

    private readonly float[] _values;

    public FloatPlane(int width, int height)
    {
        (Width, Height) = (width, height);
        Stride = checked(Ring + width + Padding);
        _values = ArrayPool<float>.Shared.Rent(checked(Stride * (height + 2 * Ring)));
    }

    public int Width { get; }

    public int Height { get; }

    /// <summary>The distance between two rows.</summary>
    public int Stride { get; }

    /// <summary>The whole memory, including border and padding.</summary>
    public Span<float> Values => _values.AsSpan(0, Stride * (Height + 2 * Ring));

    /// <summary>Returns the index of a pixel in <see cref="Values"/>. The border is at -1 and after the last column and row.</summary>
    public int At(int x, int y) => (y + Ring) * Stride + x + Ring;

    /// <summary>Returns a row, including the padding after it.</summary>
    public Span<float> Row(int y) => _values.AsSpan(At(0, y), Width + Padding - Ring);

    /// <summary>Returns a row starting at the border, including the padding after it.</summary>
    public Span<float> RingedRow(int y) => _values.AsSpan(At(-1, y), Stride);

    /// <summary>Returns the values starting at a pixel.</summary>
    public Vector<float> Vector(int x, int y) => new(_values, At(x, y));

    /// <summary>Clears the border and the padding.</summary>
    public void ClearRing()
    {
        RingedRow(-1).Clear();
        RingedRow(Height).Clear();
        for (var y = 0; y < Height; y++)
            ClearRing(y);
    }

    private void ClearRing(int y)
    {
        var row = RingedRow(y);
        row[0] = 0;
        row[(Width + Ring)..].Clear();
    }

    public void Dispose() => ArrayPool<float>.Shared.Return(_values);
}

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
        var width = plane.Width;
        using var down = new FloatPlane(width, plane.Height);
        var both = new float[width];
        for (var y = 0; y < plane.Height; y++)
        {
            var sums = down.Row(y)[..width];
            TensorPrimitives.Multiply(plane.Row(y)[..width], _weights[0], sums);
            for (var i = 1; i <= Reach; i++)
            {
                var (above, below) = (Math.Max(y - i, 0), Math.Min(y + i, plane.Height - 1));
                AddWeighted(plane.Row(above)[..width], plane.Row(below)[..width], _weights[i], both, sums);
            }
        }

        var padded = new float[width + (2 * Reach)];
        for (var y = 0; y < plane.Height; y++)
        {
            var row = down.Row(y)[..width];
            row.CopyTo(padded.AsSpan(Reach));
            padded.AsSpan(0, Reach).Fill(row[0]);
            padded.AsSpan(Reach + width).Fill(row[^1]);
            var sums = plane.Row(y)[..width];
            TensorPrimitives.Multiply(row, _weights[0], sums);
            for (var i = 1; i <= Reach; i++)
                AddWeighted(padded.AsSpan(Reach - i, width), padded.AsSpan(Reach + i, width), _weights[i], both, sums);
        }
    }

    private static void AddWeighted(ReadOnlySpan<float> before, ReadOnlySpan<float> behind, float weight, Span<float> both, Span<float> sums)
    {
        TensorPrimitives.Add(before, behind, both);
        TensorPrimitives.MultiplyAdd(both, weight, sums, sums);
    }
}

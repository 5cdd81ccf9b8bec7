namespace Pix2Pix.Metrics;

/// <summary>An image of half the size: the means of blocks of 2x2 samples. If a side is odd, the last column or row is repeated.</summary>
internal sealed class HalvedSamples : ISamples
{
    private readonly double[] _values; // row by row, channels interleaved

    public HalvedSamples(ISamples whole)
    {
        (Width, Height, Channels) = ((whole.Width + 1) / 2, (whole.Height + 1) / 2, whole.Channels);
        _values = new double[RowLength * Height];
        var (upper, lower) = (new double[Channels * whole.Width], new double[Channels * whole.Width]);
        for (var y = 0; y < Height; y++)
        {
            whole.CopyRow(2 * y, upper);
            whole.CopyRow(Math.Min(2 * y + 1, whole.Height - 1), lower);
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

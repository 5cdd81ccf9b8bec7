namespace Pix2Pix.Imaging;

/// <summary>
/// Converts a row to differences from its neighbors, which compress better: the filters of PNG, section "Filtering". Of the five filters,
/// it chooses the one whose differences, read as signed bytes, have the smallest sum of absolute values, as the specification recommends.
/// Not thread-safe.
/// </summary>
internal sealed class PngFilter
{
    private const int Kinds = 5; // None, Sub, Up, Average, Paeth; the number is the first byte of the row

    private readonly int _pixelBytes;
    private byte[] _best;
    private byte[] _trial;

    public PngFilter(int rowBytes, int pixelBytes)
    {
        _pixelBytes = pixelBytes;
        (_best, _trial) = (new byte[rowBytes + 1], new byte[rowBytes + 1]);
    }

    /// <summary>Returns the filter type followed by the filtered row. The result is valid until the next call.</summary>
    /// <param name="row">The bytes of a row.</param>
    /// <param name="above">The bytes of the row above; zeros for the first row.</param>
    public ReadOnlySpan<byte> Best(ReadOnlySpan<byte> row, ReadOnlySpan<byte> above)
    {
        long smallest = long.MaxValue;
        for (int kind = 0; kind < Kinds; kind++)
        {
            long sum = Filter(kind, row, above, _trial);
            if (sum >= smallest)
                continue;
            smallest = sum;
            (_best, _trial) = (_trial, _best);
        }

        return _best;
    }

    private long Filter(int kind, ReadOnlySpan<byte> row, ReadOnlySpan<byte> above, Span<byte> result)
    {
        long sum = 0;
        result[0] = (byte)kind;
        for (int i = 0; i < row.Length; i++)
        {
            var (left, corner) = i < _pixelBytes ? (0, 0) : (row[i - _pixelBytes], above[i - _pixelBytes]);
            int expected = kind switch
            {
                0 => 0,
                1 => left,
                2 => above[i],
                3 => (left + above[i]) / 2,
                _ => Paeth(left, above[i], corner),
            };
            byte difference = (byte)(row[i] - expected);
            result[i + 1] = difference;
            sum += Math.Abs((int)(sbyte)difference);
        }

        return sum;
    }

    /// <summary>Returns the neighbor that is nearest to left + above - corner. Ties are resolved in this order.</summary>
    private static int Paeth(int left, int above, int corner)
    {
        int fromLeft = Math.Abs(above - corner);
        int fromAbove = Math.Abs(left - corner);
        int fromCorner = Math.Abs(left + above - 2 * corner);
        if (fromLeft <= fromAbove && fromLeft <= fromCorner)
            return left;
        return fromAbove <= fromCorner ? above : corner;
    }
}

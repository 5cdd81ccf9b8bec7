using Microsoft.ML.Data;

namespace TranslationSpeed.Seams;

/// <summary>The mean difference, in levels of 0 to 255, of each column of pixels from the one before it, and of each row.</summary>
internal sealed class Steps
{
    private readonly double[] _columns; // [0] is 0: nothing is before the first
    private readonly double[] _rows;

    public Steps(MLImage image)
    {
        ReadOnlySpan<byte> pixels = image.Pixels;
        int stride = 4 * image.Width;
        (_columns, _rows) = (new double[image.Width], new double[image.Height]);
        for (int y = 0; y < image.Height; y++)
        {
            for (int at = y * stride; at < (y + 1) * stride; at++)
            {
                if (at % 4 == 3) // alpha
                    continue;
                int x = (at - (y * stride)) / 4;
                if (x > 0)
                    _columns[x] += Math.Abs(pixels[at] - pixels[at - 4]) / (3.0 * image.Height);
                if (y > 0)
                    _rows[y] += Math.Abs(pixels[at] - pixels[at - stride]) / (3.0 * image.Width);
            }
        }
    }

    public IReadOnlyList<double> Columns => _columns;

    /// <summary>The mean step at the given columns and rows, and at all others.</summary>
    public (double There, double Elsewhere) Mean(IReadOnlySet<int> columns, IReadOnlySet<int> rows)
    {
        var all = _columns.Index().Skip(1).Select(s => (s.Item, IsThere: columns.Contains(s.Index)))
            .Concat(_rows.Index().Skip(1).Select(s => (s.Item, IsThere: rows.Contains(s.Index)))).ToLookup(s => s.IsThere, s => s.Item);
        return (all[true].DefaultIfEmpty(double.NaN).Average(), all[false].Average());
    }
}

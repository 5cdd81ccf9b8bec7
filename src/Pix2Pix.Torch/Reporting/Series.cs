namespace Pix2Pix.Torch.Reporting;

/// <summary>
/// A curve of any number of values in bounded memory: neighbours share a bucket, and where there are too many buckets, each two become one.
/// </summary>
internal sealed class Series
{
    /// <summary>More buckets than a chart has pixels to show.</summary>
    private const int MostBuckets = 512;

    private readonly List<(double X, double Y)> _full = new(MostBuckets);
    private long _width = 1;
    private double _sum;
    private double _x;
    private long _count;

    /// <summary>The means of the buckets, each at the x of its last value; the last bucket may not be full.</summary>
    public IReadOnlyList<(double X, double Y)> Points => _count == 0 ? _full : [.. _full, (_x, _sum / _count)];

    /// <summary>Appends a value; one that is not finite is left out.</summary>
    public void Add(double x, double y)
    {
        if (!double.IsFinite(y))
            return;
        (_x, _sum, _count) = (x, _sum + y, _count + 1);
        if (_count < _width)
            return;
        _full.Add((_x, _sum / _count));
        (_sum, _count) = (0, 0);
        if (_full.Count == MostBuckets)
            Halve();
    }

    /// <summary>A mean that forgets with a twentieth of the points, corrected for its start.</summary>
    public IReadOnlyList<(double X, double Y)> Smoothed()
    {
        var points = Points;
        var (keep, sum, weight) = (1 - (1 / Math.Max(1.0, points.Count / 20.0)), 0.0, 0.0);
        return [.. points.Select(point =>
        {
            (sum, weight) = ((keep * sum) + point.Y, (keep * weight) + 1);
            return (point.X, sum / weight);
        })];
    }

    private void Halve()
    {
        for (var i = 0; i < MostBuckets / 2; i++)
            _full[i] = (_full[(2 * i) + 1].X, (_full[2 * i].Y + _full[(2 * i) + 1].Y) / 2);
        _full.RemoveRange(MostBuckets / 2, MostBuckets / 2);
        _width *= 2;
    }
}

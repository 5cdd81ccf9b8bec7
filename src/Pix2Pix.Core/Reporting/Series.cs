namespace Pix2Pix.Reporting;

/// <summary>
/// A curve of any number of values in bounded memory. Adjacent values share a bucket. If there are too many buckets, each two adjacent ones
/// are merged.
/// </summary>
internal sealed class Series
{
    /// <summary>The maximum number of buckets, which is more than a chart has pixels.</summary>
    private const int MostBuckets = 512;

    private readonly List<(double X, double Y)> _full = new(MostBuckets);
    private long _width = 1;
    private double _sum;
    private double _x;
    private long _count;

    /// <summary>The means of the buckets, each at the x of its last value. The last bucket may be incomplete.</summary>
    public IReadOnlyList<(double X, double Y)> Points => _count == 0 ? _full : [.. _full, (_x, _sum / _count)];

    /// <summary>Appends a value. A value that is not finite is ignored.</summary>
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

    /// <summary>Returns the mean of each point and its neighbors, in total a twentieth of all points; fewer at the ends.</summary>
    public IReadOnlyList<(double X, double Y)> Smoothed()
    {
        var points = Points;
        var reach = points.Count / 40;
        return [.. points.Select((point, i) => (point.X, points.Skip(i - reach).Take(reach + 1 + Math.Min(i, reach)).Average(near => near.Y)))];
    }

    private void Halve()
    {
        for (var i = 0; i < MostBuckets / 2; i++)
            _full[i] = (_full[(2 * i) + 1].X, (_full[2 * i].Y + _full[(2 * i) + 1].Y) / 2);
        _full.RemoveRange(MostBuckets / 2, MostBuckets / 2);
        _width *= 2;
    }
}

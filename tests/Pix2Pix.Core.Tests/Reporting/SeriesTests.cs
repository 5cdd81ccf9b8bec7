using Pix2Pix.Reporting;

namespace Pix2Pix.Core.Tests.Reporting;

public class SeriesTests
{
    [Fact]
    public void Points_FewValues_AreTheValues()
    {
        var series = new Series();
        series.Add(1, 10);
        series.Add(2, 20);
        Assert.Equal([(1, 10), (2, 20)], series.Points);
    }

    [Fact]
    public void Points_MillionValues_AreMeansOfFewBuckets()
    {
        var series = new Series();
        for (var i = 1; i <= 1_000_000; i++)
            series.Add(i, i % 2); // mean 1/2 over any even number

        Assert.InRange(series.Points.Count, 256, 512);
        Assert.All(series.Points.SkipLast(1), point => Assert.Equal(0.5, point.Y));
        Assert.Equal(1_000_000, series.Points[^1].X);
        Assert.Equal(series.Points.Select(point => point.X).Order(), series.Points.Select(point => point.X));
    }

    [Fact]
    public void Add_NotFinite_IsLeftOut()
    {
        var series = new Series();
        series.Add(1, double.NaN);
        series.Add(2, double.PositiveInfinity);
        series.Add(3, 5);
        Assert.Equal([(3, 5)], series.Points);
    }

    [Fact]
    public void Smoothed_Noise_IsItsMean()
    {
        var series = new Series();
        for (var i = 1; i <= 400; i++)
            series.Add(i, i % 2 == 0 ? 0 : 1);

        var smooth = series.Smoothed();

        Assert.Equal(400, smooth.Count);
        Assert.All(smooth, point => Assert.InRange(point.Y, 0.4, 0.6));
    }

    [Fact]
    public void Smoothed_FewPoints_AreThePoints()
    {
        var series = new Series();
        series.Add(1, 3);
        series.Add(2, 5);
        Assert.Equal(series.Points, series.Smoothed());
    }
}

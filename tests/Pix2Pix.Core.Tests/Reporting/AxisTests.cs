using Pix2Pix.Reporting;

namespace Pix2Pix.Core.Tests.Reporting;

public class AxisTests
{
    [Theory]
    [InlineData(0, 0.93, "0 0.25 0.5 0.75 1")]
    [InlineData(0, 4.2, "0 2 4 6")]
    [InlineData(18.2, 24.9, "18 20 22 24 26")]
    [InlineData(-3.1, 2, "-4 -2 0 2")]
    [InlineData(0, 0.0002, "0 0.00005 0.0001 0.00015 0.0002")]
    [InlineData(0, 2e-7, "0 5E-8 1E-7 1.5E-7 2E-7")]
    [InlineData(0.7, 0.7, "0 0.2 0.4 0.6 0.8")]
    [InlineData(0, 0, "0 0.00025 0.0005 0.00075 0.001")]
    public void Holding_AnyRange_HasRoundTicksAroundIt(double least, double most, string expected)
    {
        var axis = Axis.Holding(least, most);

        Assert.Equal(expected, string.Join(' ', axis.Ticks.Select(axis.Label)));
        Assert.True(axis.Low <= least && most <= axis.High + 1e-12);
    }

    [Theory]
    [InlineData(36, "0 10 20 30")]
    [InlineData(1, "0 0.25 0.5 0.75 1")]
    [InlineData(200, "0 50 100 150 200")]
    public void UpTo_End_EndsThere(double end, string expected)
    {
        var axis = Axis.UpTo(end);

        Assert.Equal(end, axis.High);
        Assert.Equal(expected, string.Join(' ', axis.Ticks.Select(axis.Label)));
    }
}

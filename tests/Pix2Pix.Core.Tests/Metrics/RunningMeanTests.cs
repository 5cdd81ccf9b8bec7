using Pix2Pix.Metrics;

namespace Pix2Pix.Core.Tests.Metrics;

public class RunningMeanTests
{
    [Fact]
    public void Mean_Values_IsTheirSumOverTheirNumber()
    {
        var mean = new RunningMean();
        mean.Add(1);
        mean.Add(2);
        mean.Add(6);
        Assert.Equal(3, mean.Count);
        Assert.Equal(3.0, mean.Mean);
    }

    [Fact]
    public void Mean_NothingAdded_ReportsIt()
    {
        var error = Assert.Throws<InvalidOperationException>(() => new RunningMean().Mean);
        Assert.Equal("The mean of zero values is undefined. Add at least one value first.", error.Message);
    }
}

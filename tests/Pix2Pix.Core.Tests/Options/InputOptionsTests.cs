namespace Pix2Pix.Core.Tests.Options;

public sealed class InputOptionsTests
{
    [Fact]
    public void Defaults_Always_AreThese()
    {
        Assert.Equal(new EdgeOptions { Sigma = 1.4, Thresholds = null, MinLength = 5 }, EdgeOptions.Default);
        Assert.Equal(new BlankOptions { RandomBlocks = 0, Size = 0.5, Level = 128, Seed = 0 }, BlankOptions.Default);
        Assert.Equal(new LowResolutionOptions { Factor = 4, Enlarging = ResizeKernel.Cubic }, LowResolutionOptions.Default);
    }

    [Theory]
    [InlineData(-0.1)]
    [InlineData(10.1)]
    [InlineData(double.NaN)]
    public void Sigma_OutOfRange_ReportsTheRange(double sigma)
        => RangeError.Assert("Sigma", sigma, "0", "10", () => new EdgeOptions { Sigma = sigma });

    [Fact]
    public void Numbers_OutOfRange_ReportTheRange()
    {
        RangeError.Assert("MinLength", 0, "1", "1000", () => new EdgeOptions { MinLength = 0 });
        RangeError.Assert("RandomBlocks", 1001, "0", "1000", () => new BlankOptions { RandomBlocks = 1001 });
        RangeError.Assert("Size", 0.0, "0.01", "1", () => new BlankOptions { Size = 0 });
        RangeError.Assert("Factor", 65, "1", "64", () => new LowResolutionOptions { Factor = 65 });
        RangeError.AssertEnum("Enlarging", 7, "Nearest, Cubic", () => new LowResolutionOptions { Enlarging = (ResizeKernel)7 });
    }

    [Fact]
    public void Thresholds_NotInOrder_ReportWhatIsExpected()
    {
        var negative = Assert.Throws<ArgumentOutOfRangeException>(() => new EdgeThresholds(-1, 3));
        var crossed = Assert.Throws<ArgumentOutOfRangeException>(() => new EdgeThresholds(5, 4));

        Assert.StartsWith("The low threshold is -1; expected at least 0.", negative.Message);
        Assert.StartsWith("The high threshold is 4; expected at least 5, the low threshold.", crossed.Message);
        Assert.Throws<ArgumentOutOfRangeException>(() => new EdgeThresholds(1, double.NaN));
    }
}

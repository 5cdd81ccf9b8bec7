namespace Pix2Pix.Core.Tests.Options;

public class InferenceOptionsTests
{
    [Fact]
    public void Default_Always_IsPerImageWithoutDropout()
    {
        var options = InferenceOptions.Default;
        Assert.Equal(new InferenceOptions(), options);
        Assert.Equal(NormStatistics.Image, options.Statistics);
        Assert.False(options.Dropout);
        Assert.Equal(1, options.DropoutSeed);
    }

    [Fact]
    public void Statistics_Unknown_ReportsTheKnownValues()
        => RangeError.AssertEnum("Statistics", 3, "Image, Running, Auto", () => new InferenceOptions { Statistics = (NormStatistics)3 });
}

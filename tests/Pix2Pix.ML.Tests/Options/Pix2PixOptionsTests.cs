namespace Pix2Pix.ML.Tests.Options;

public sealed class Pix2PixOptionsTests
{
    [Fact]
    public void Default_Always_IsThePapers()
    {
        var options = Pix2PixOptions.Default;

        Assert.Equal(new Pix2PixOptions(), options);
        Assert.Equal((256, 256, 64), (options.Generator.Width, options.Generator.Height, options.Generator.Filters));
        Assert.Null(options.GpuDeviceId);
        Assert.False(options.FallbackToCpu);
        Assert.Null(options.Progress);
        Assert.Null(options.ValidationSet);
        Assert.Equal(0, options.ValidationFraction);
        Assert.Equal(ValidationOptions.Default, options.Validation);
        Assert.Equal(2147483648, options.MemoryBudget);
    }

    [Fact]
    public void Options_Null_NamesTheProperty()
    {
        var options = new Pix2PixOptions();

        Assert.Equal("Generator", Assert.Throws<ArgumentNullException>(() => options with { Generator = null! }).ParamName);
        Assert.Equal("Discriminator", Assert.Throws<ArgumentNullException>(() => options with { Discriminator = null! }).ParamName);
        Assert.Equal("Training", Assert.Throws<ArgumentNullException>(() => options with { Training = null! }).ParamName);
        Assert.Equal("Inference", Assert.Throws<ArgumentNullException>(() => options with { Inference = null! }).ParamName);
        Assert.Equal("Validation", Assert.Throws<ArgumentNullException>(() => options with { Validation = null! }).ParamName);
    }

    [Fact]
    public void GpuDeviceId_Negative_SaysTheRange()
    {
        var error = Assert.Throws<ArgumentOutOfRangeException>(() => new Pix2PixOptions { GpuDeviceId = -1 });

        Assert.StartsWith("GpuDeviceId is -1; expected 0 or more, or null.", error.Message);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    public void MemoryBudget_NotPositive_SaysWhatIsExpected(long bytes)
    {
        var error = Assert.Throws<ArgumentOutOfRangeException>(() => new Pix2PixOptions { MemoryBudget = bytes });

        Assert.StartsWith($"MemoryBudget is {bytes}; expected at least 1 byte. The default is 2147483648.", error.Message);
    }
}

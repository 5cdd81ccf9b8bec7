using Pix2Pix.Tests;

namespace Pix2Pix.ML.Tests.Options;

public sealed class ImageLimitsTests
{
    [Fact]
    public void Defaults_OfBothOptions_AreTheSame()
    {
        Assert.Equal(new ImageLimits(134_217_728, 536_870_912), ImageLoadOptions.Default.Limits);
        Assert.Equal(ImageLoadOptions.Default.Limits, ExecutionOptions.Default.Limits);
        Assert.Equal(ImageLoadOptions.Default.Limits, ImageLimits.Default);
    }

    [Theory]
    [InlineData(0L)]
    [InlineData(268_435_457L)]
    public void MaxPixels_OutOfRange_NamesTheRange(long value)
    {
        RangeError.Assert("MaxPixels", value, "1", "268435456", () => new ImageLoadOptions { MaxPixels = value });
        RangeError.Assert("MaxPixels", value, "1", "268435456", () => new ExecutionOptions { MaxPixels = value });
    }

    [Theory]
    [InlineData(0L)]
    [InlineData(2_147_483_592L)]
    public void MaxFileLength_OutOfRange_NamesTheRange(long value)
    {
        RangeError.Assert("MaxFileLength", value, "1", "2147483591", () => new ImageLoadOptions { MaxFileLength = value });
        RangeError.Assert("MaxFileLength", value, "1", "2147483591", () => new ExecutionOptions { MaxFileLength = value });
    }
}

namespace Pix2Pix.Core.Tests.Options;

public class GeneratorOptionsTests
{
    [Fact]
    public void Default_Always_IsThePapersGenerator()
    {
        var options = GeneratorOptions.Default;
        Assert.Equal(new GeneratorOptions(), options);
        Assert.Equal((256, 256), (options.Width, options.Height));
        Assert.Equal((3, 3), (options.InputChannels, options.OutputChannels));
        Assert.Equal(64, options.Filters);
        Assert.Equal(NormKind.Batch, options.Norm);
        Assert.Equal(SkipConnections.ActivatedTogether, options.Skips);
        Assert.True(options.Dropout);
        Assert.Equal((GeneratorKind.UNet, Upsampling.TransposedConvolution, 9), (options.Kind, options.Upsampling, options.ResidualBlocks));
        Assert.Equal((256, 8), (options.Size, options.Depth));
    }

    [Theory]
    [InlineData(32, 32, 32, 5)]
    [InlineData(64, 128, 64, 6)]
    [InlineData(128, 64, 64, 6)]
    [InlineData(96, 64, 32, 5)]
    [InlineData(384, 128, 128, 7)]
    [InlineData(768, 256, 256, 8)]
    [InlineData(1024, 1024, 1024, 10)]
    [InlineData(2048, 4096, 1024, 10)]
    [InlineData(16384, 16384, 1024, 10)]
    public void Size_Sides_IsTheLargestPowerOfTwoThatDividesBoth(int width, int height, int size, int depth)
    {
        var options = new GeneratorOptions { Width = width, Height = height };
        Assert.Equal((size, depth), (options.Size, options.Depth));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-32)]
    [InlineData(4)]
    [InlineData(33)]
    [InlineData(250)]
    [InlineData(16388)]
    [InlineData(int.MinValue)]
    public void Side_NotAMultipleOf4InRange_ReportsWhatIsExpected(int side)
    {
        var width = Assert.Throws<ArgumentOutOfRangeException>(() => new GeneratorOptions { Width = side });
        Assert.Equal(Text("Width", side), width.Message);
        var height = Assert.Throws<ArgumentOutOfRangeException>(() => new GeneratorOptions { Height = side });
        Assert.Equal(Text("Height", side), height.Message);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(129)]
    public void Filters_OutOfRange_ReportTheRange(int filters)
        => RangeError.Assert("Filters", filters, "1", "128", () => new GeneratorOptions { Filters = filters });

    [Fact]
    public void Norm_Unknown_ReportsTheKnownValues()
        => RangeError.AssertEnum("Norm", 9, "Batch, Instance, None", () => new GeneratorOptions { Norm = (NormKind)9 });

    [Fact]
    public void Skips_Unknown_ReportsTheKnownValues() => RangeError.AssertEnum(
        "Skips", -1, "ActivatedTogether, BeforeActivation", () => new GeneratorOptions { Skips = (SkipConnections)(-1) });

    [Fact]
    public void Kind_Unknown_ReportsTheKnownValues()
        => RangeError.AssertEnum("Kind", 3, "UNet, EncoderDecoder, ResNet", () => new GeneratorOptions { Kind = (GeneratorKind)3 });

    [Fact]
    public void Upsampling_Unknown_ReportsTheKnownValues() => RangeError.AssertEnum(
        "Upsampling", 2, "TransposedConvolution, ResizeConvolution", () => new GeneratorOptions { Upsampling = (Upsampling)2 });

    [Theory]
    [InlineData(0)]
    [InlineData(33)]
    public void ResidualBlocks_OutOfRange_ReportTheRange(int blocks)
        => RangeError.Assert("ResidualBlocks", blocks, "1", "32", () => new GeneratorOptions { ResidualBlocks = blocks });

    private static string Text(string name, int side)
        => $"{name} is {side}; expected a multiple of 4 from 8 to 16384, preferably a power of two. (Parameter "
            + $"'{name}'){Environment.NewLine}Actual value was {side}.";
}

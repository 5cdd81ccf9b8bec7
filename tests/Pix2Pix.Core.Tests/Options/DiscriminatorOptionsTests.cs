namespace Pix2Pix.Core.Tests.Options;

public class DiscriminatorOptionsTests
{
    [Fact]
    public void Default_Always_IsThePapersDiscriminator()
    {
        var options = DiscriminatorOptions.Default;
        Assert.Equal(new DiscriminatorOptions(), options);
        Assert.Null(options.Filters);
        Assert.Equal(64, options.For(GeneratorOptions.Default).Filters);
        Assert.Equal(NormKind.Batch, options.Norm);
        Assert.Equal((3, 70, 1), (options.Layers, options.PatchSize, options.Scales));
        Assert.True(options.Conditional);
    }

    [Fact]
    public void For_AGenerator_HasItsFiltersUnlessTheyAreSet()
    {
        var generator = new GeneratorOptions { Filters = 24 };

        Assert.Equal(24, DiscriminatorOptions.Default.For(generator).Filters);
        Assert.Equal(48, new DiscriminatorOptions { Filters = 48 }.For(generator).Filters);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(513)]
    public void Filters_OutOfRange_ReportTheRange(int filters)
        => RangeError.Assert("Filters", filters, "1", "512", () => new DiscriminatorOptions { Filters = filters });

    [Theory]
    [InlineData(-1)]
    [InlineData(6)]
    public void Layers_OutOfRange_ReportTheRange(int layers)
        => RangeError.Assert("Layers", layers, "0", "5", () => new DiscriminatorOptions { Layers = layers });

    [Theory]
    [InlineData(0)]
    [InlineData(4)]
    public void Scales_OutOfRange_ReportTheRange(int scales)
        => RangeError.Assert("Scales", scales, "1", "3", () => new DiscriminatorOptions { Scales = scales });

    /// <summary>The sizes of the paper's table 3, and of its appendix.</summary>
    [Theory]
    [InlineData(0, 1)]
    [InlineData(1, 16)]
    [InlineData(2, 34)]
    [InlineData(3, 70)]
    [InlineData(4, 142)]
    [InlineData(5, 286)]
    public void PatchSize_Layers_IsThePapers(int layers, int size)
        => Assert.Equal(size, new DiscriminatorOptions { Layers = layers, Scales = 2 }.PatchSize);

    [Fact]
    public void PatchSize_Computed_IsNotWritten()
    {
        var json = OptionsJson.Write(DiscriminatorOptions.Default);
        Assert.DoesNotContain("PatchSize", json);
        Assert.Equal(DiscriminatorOptions.Default, OptionsJson.Read<DiscriminatorOptions>(json));
    }

    [Fact]
    public void Norm_Unknown_ReportsTheKnownValues()
        => RangeError.AssertEnum("Norm", 3, "Batch, Instance, None", () => new DiscriminatorOptions { Norm = (NormKind)3 });
}

using Pix2Pix.Torch.Networks;

namespace Pix2Pix.Torch.Tests.Networks;

public class DiscriminatorOptionsTests
{
    [Fact]
    public void Default_Always_IsThePapersDiscriminator()
    {
        var options = DiscriminatorOptions.Default;
        Assert.Equal(new DiscriminatorOptions(), options);
        Assert.Equal(64, options.Filters);
        Assert.Equal(NormKind.Batch, options.Norm);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(513)]
    public void Filters_OutOfRange_SayTheRange(int filters)
        => RangeError.Assert("Filters", filters, "1", "512", () => new DiscriminatorOptions { Filters = filters });

    [Fact]
    public void Norm_Unknown_SaysTheKnown()
        => RangeError.AssertEnum("Norm", 3, "Batch, Instance, None", () => new DiscriminatorOptions { Norm = (NormKind)3 });
}
